package io.feedrate.collector.exclusions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.TestPlant;
import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.exclusions.ExclusionDesk.Request;
import io.feedrate.collector.ical.CalendarEvents;
import io.feedrate.collector.ical.CalendarEvents.Occurrence;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.collector.store.Checkpoint;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.ExclusionRow.Late;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreBatch;
import io.feedrate.kpi.Register;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusionDeskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final String MACHINE = "site/line/m0";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Store store;

  @SuppressWarnings("NullAway.Init") // set before each test
  private ExclusionDesk desk;

  @BeforeEach
  void gatewayThatHasRun() {
    store = Store.open(data);
    StoreBatch batch = new StoreBatch();
    Register r = new TestPlant(2, 2, 1_000_000_000L, 1_000_000_000L, 0).register();
    Register register =
        new Register(RegisterJson.hash(r), r.assets(), r.signals(), r.links(), r.rules());
    batch.add(new RegisterRow(register.hash(), RegisterJson.write(register), 0));
    commit(batch);
    desk = new ExclusionDesk(data, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void commit(StoreBatch batch) {
    store.commit(batch, new Checkpoint(1, 1, "", "", new byte[0], store.rows(), 1));
  }

  /** As the engine does, once the journal has the entries. */
  private void journaled(Instant at) {
    StoreBatch batch = new StoreBatch();
    List<ExclusionRow> known;
    try (var reader = store.reader()) {
      known = reader.enteredExclusions();
    }
    for (ExclusionRecord entry : new ExclusionFile(data).read()) {
      if (known.stream().noneMatch(k -> k.said().equals(entry))) {
        batch.add(new ExclusionRow(entry, Times.ns(at)));
      }
    }
    commit(batch);
  }

  private static Request request(String subject, Instant from, Instant to) {
    return new Request(
        subject, from, to, "rebuilding", "Ms Li", ExclusionSource.OTHER, "", "operator 1");
  }

  private HeldExclusion only() {
    assertThat(desk.list()).hasSize(1);
    return desk.list().get(0);
  }

  @Test
  void anEntryWaitsForTheJournalAndThenCounts() {
    HeldExclusion added = desk.add(request("line/m0", LATER, LATER.plusSeconds(60)));
    assertThat(added.said().subject()).isEqualTo(MACHINE);
    assertThat(only().isWaiting()).isTrue();
    assertThat(only().late()).isEqualTo(Late.NO);
    assertThat(only().said().enteredNs()).isEqualTo(Times.ns(NOW));
    journaled(NOW.plusSeconds(1));
    assertThat(only().isWaiting()).isFalse();
    assertThat(only().row().journaledNs()).isEqualTo(Times.ns(NOW.plusSeconds(1)));
    assertThat(only().said().entry()).hasSize(64);
  }

  @Test
  void whatTheJournalGetsAfterTheBeginOrTheEndIsLate() {
    desk.add(request(MACHINE, NOW.minusSeconds(60), LATER));
    assertThat(only().late()).isEqualTo(Late.AFTER_START);
    desk.add(request(MACHINE, NOW.minusSeconds(60), NOW.minusSeconds(30)));
    assertThat(desk.list().get(1).late()).isEqualTo(Late.AFTER_END);
    // Typed in early enough, but the collector stood until it had begun, or was over.
    desk.add(request(MACHINE, LATER, LATER.plusSeconds(60)));
    assertThat(desk.list().get(2).late()).isEqualTo(Late.NO);
    journaled(LATER);
    assertThat(desk.list().get(2).late()).isEqualTo(Late.NO);
    desk.add(request(MACHINE, LATER, LATER.plusSeconds(120)));
    journaled(LATER.plusSeconds(60));
    assertThat(desk.list().get(3).late()).isEqualTo(Late.AFTER_START);
  }

  @Test
  void whatIsOutOfScopeAlreadyIsRefusedUntilItIsWithdrawn() {
    Request request = request(MACHINE, LATER, LATER.plusSeconds(60));
    HeldExclusion added = desk.add(request);
    assertThatThrownBy(() -> desk.add(request))
        .isInstanceOf(ExclusionException.class)
        .hasMessageContaining("out of scope already, by " + added.id());
    journaled(NOW);
    assertThatThrownBy(() -> desk.add(request)).isInstanceOf(ExclusionException.class);
    desk.withdraw(added.id().substring(0, 6), "not needed", "Ms Li", "operator 1");
    desk.add(request);
    journaled(NOW.plusSeconds(5));
    assertThat(desk.list()).hasSize(2);
    assertThat(desk.list().get(0).heldUntilNs()).isEqualTo(Times.ns(LATER));
    assertThat(desk.list().get(0).withdrawal()).isPresent();
    assertThat(desk.list().get(1).withdrawal()).isEmpty();
  }

  @Test
  void oneThatIsWithdrawnWhileItLastsHeldUntilTheJournalGotThat() {
    HeldExclusion added = desk.add(request(MACHINE, NOW, LATER));
    journaled(NOW);
    desk.withdraw(added.id(), "done early", "Ms Li", "operator 1");
    journaled(NOW.plusSeconds(600));
    assertThat(only().heldUntilNs()).isEqualTo(Times.ns(NOW.plusSeconds(600)));
  }

  @Test
  void whatHasEndedOrIsUnknownCannotBeWithdrawn() {
    HeldExclusion over = desk.add(request(MACHINE, NOW.minusSeconds(60), NOW));
    assertThatThrownBy(() -> desk.withdraw(over.id(), "r", "a", "b"))
        .isInstanceOf(ExclusionException.class)
        .hasMessageContaining("what was settled with it stays out of scope");
    assertThatThrownBy(() -> desk.withdraw("0000000000", "r", "a", "b"))
        .hasMessageContaining("no exclusions have an id that begins with 0000000000");
    assertThatThrownBy(() -> desk.withdraw("0", "r", "a", "b")).hasMessageContaining("too short");
    assertThat(new ExclusionFile(data).read()).hasSize(1);
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesNothingBehind() {
    refused(request("site/line/m9", NOW, LATER), "m9 is no site, line, asset or signal");
    refused(request(MACHINE, LATER, NOW), "is not after the beginning");
    refused(request(MACHINE, LATER, LATER), "is not after the beginning");
    refused(request(MACHINE, NOW, Instant.parse("2300-01-01T00:00:00Z")), "1970 and 2200");
    refused(with("", "Ms Li", ""), "it needs a reason");
    refused(with("r", " ", ""), "it needs an approver");
    refused(with("r".repeat(1001), "a", ""), "must not be longer than 1,000");
    refused(with("r", "a", ""), "a maintenance order needs its number");
    assertThat(desk.list()).isEmpty();
  }

  private static Request with(String reason, String approver, String reference) {
    return new Request(
        MACHINE,
        NOW,
        LATER,
        reason,
        approver,
        ExclusionSource.MAINTENANCE_ORDER,
        reference,
        "operator 1");
  }

  private void refused(Request request, String why) {
    assertThatThrownBy(() -> desk.add(request))
        .isInstanceOf(ExclusionException.class)
        .hasMessageContaining(why);
  }

  private static CalendarEvents calendar(Instant... begins) {
    List<Occurrence> all =
        List.of(begins).stream()
            .map(b -> new Occurrence(1, "uid@plant", "cleaning", b, b.plusSeconds(60)))
            .toList();
    return new CalendarEvents(all, List.of(), Set.of("uid@plant"));
  }

  @Test
  void aCalendarThatComesAgainAddsOnlyWhatIsNewAndTellsWhatIsGone() {
    Request like = request("line", NOW, LATER);
    ExclusionDesk.Imported first =
        desk.importCalendar(calendar(LATER, LATER.plusSeconds(100), LATER), like);
    assertThat(first.added()).hasSize(2);
    assertThat(first.known()).isEqualTo(1);
    journaled(NOW);
    ExclusionDesk.Imported again =
        desk.importCalendar(calendar(LATER, LATER.plusSeconds(200)), like);
    assertThat(again.added()).hasSize(1);
    assertThat(again.known()).isEqualTo(1);
    assertThat(again.gone())
        .singleElement()
        .satisfies(h -> assertThat(h.said().fromNs()).isEqualTo(Times.ns(LATER.plusSeconds(100))));
    assertThat(desk.list())
        .allSatisfy(
            h -> {
              assertThat(h.said().source()).isEqualTo(ExclusionSource.CALENDAR);
              assertThat(h.said().reference()).isEqualTo("uid@plant");
              assertThat(h.said().reason()).isEqualTo("rebuilding");
            });
  }

  @Test
  void aLineThatACrashLeftUnfinishedIsNoneAndTheNextEntryTakesItsPlace() throws Exception {
    desk.add(request(MACHINE, NOW, LATER));
    Path file = data.resolve(ExclusionFile.FILE_NAME);
    Files.writeString(file, "{\"previous\":\"12", StandardOpenOption.APPEND);
    desk.add(request(MACHINE, LATER, LATER.plusSeconds(1)));
    assertThat(desk.list()).hasSize(2);
  }

  @Test
  void aLineThatWasChangedByHandIsFound() throws Exception {
    desk.add(request(MACHINE, NOW, LATER));
    desk.add(request(MACHINE, LATER, LATER.plusSeconds(1)));
    Path file = data.resolve(ExclusionFile.FILE_NAME);
    Files.writeString(file, Files.readString(file).replaceFirst("Ms Li", "Mr X"));
    assertThatThrownBy(() -> desk.list())
        .isInstanceOf(ExclusionException.class)
        .hasMessageContaining("exclusions.jsonl, line 2 does not follow the line before it");
  }

  @Test
  void whatOverlapsAPeriodIsListed() {
    desk.add(request(MACHINE, NOW, LATER));
    desk.add(request(MACHINE, LATER, LATER.plusSeconds(60)));
    assertThat(desk.list(LATER, LATER.plusSeconds(1))).hasSize(1);
    assertThat(desk.list(NOW, LATER.plusSeconds(1))).hasSize(2);
    assertThat(desk.list(NOW.minusSeconds(10), NOW)).isEmpty();
  }
}
