package io.feedrate.collector.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.chain.ChainedFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final Actor LI = new Actor("li.na", "engineer");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @Test
  void whatIsWrittenIsReadInItsOrder() {
    AuditFile file = new AuditFile(data);
    file.append(LI, Action.EXPORTED, "sha256:ab \n\"数据\"");
    file.append(Actor.gateway(), Action.LOGINS_FAILED, "3");
    file.requireRoom();

    assertThat(file.read())
        .extracting(e -> e.who() + " " + e.action() + " " + e.on())
        .containsExactly(
            "Actor[name=li.na, role=engineer] EXPORTED sha256:ab \n\"数据\"",
            "Actor[name=feedrate, role=gateway] LOGINS_FAILED 3");
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    AuditFile file = new AuditFile(data);
    file.append(LI, Action.DECLARED, "x" + "\uD83D\uDE00".repeat(AuditEntry.MAX_TEXT));

    String on = file.read().get(0).on();
    assertThat(on).hasSize(AuditEntry.MAX_TEXT - 1).endsWith("\uDE00");
  }

  @Test
  void aFullTrailRefusesAndDropsNothing() {
    AuditEntry entry = new AuditEntry(Instant.EPOCH, LI, Action.DECLARED, "x");
    ChainedFile<AuditEntry> lines =
        new ChainedFile<>(
            data.resolve(AuditFile.FILE_NAME),
            "entry",
            AuditFile.MAX_ENTRIES,
            new AuditJson(),
            AuditException::new);
    lines.append(there -> Collections.nCopies(AuditFile.MAX_ENTRIES, entry));
    AuditFile file = new AuditFile(data);

    assertThatThrownBy(file::requireRoom)
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("audit.jsonl is full")
        .hasMessageContaining("begin a new one");
    assertThatThrownBy(() -> file.append(LI, Action.DECLARED, "one more"))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("more cannot be added");
    assertThat(file.read()).hasSize(AuditFile.MAX_ENTRIES);
  }
}
