package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.kpi.Calendar.Interval;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.Signal;
import io.feedrate.kpi.TimeElements.Element;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A configuration in which everything is said: what reaches the register of it. */
class FullConfigTest extends ConfigErrors {

  private static long ns(String time) {
    return Instants.nanos(Instant.parse(time));
  }

  private Register register() throws Exception {
    return RegisterFactory.register(load(full()));
  }

  @Test
  void waitingTimesAndLimitsAreThoseOfTheFile() throws Exception {
    Rules rules = register().rules();

    assertThat(rules.windowNs()).isEqualTo(Duration.ofSeconds(30).toNanos());
    assertThat(rules.signalWindowNs()).isEqualTo(Duration.ofMinutes(30).toNanos());
    assertThat(rules.latenessNs()).isEqualTo(Duration.ofSeconds(20).toNanos());
    assertThat(rules.linkLatenessNs()).isEqualTo(Map.of("mill", Duration.ofMinutes(5).toNanos()));
    assertThat(rules.revisableNs()).isEqualTo(Duration.ofHours(36).toNanos());
    assertThat(rules.modelUpdateDeadlineNs()).isEqualTo(Duration.ofHours(2).toNanos());
    assertThat(rules.soakNs()).isEqualTo(Duration.ofHours(12).toNanos());
    assertThat(rules.clockLimitNs()).isEqualTo(Duration.ofMillis(250).toNanos());
  }

  @Test
  void shiftsFollowTheClockOnTheWallQuotedOrNot() throws Exception {
    Rules rules = register().rules();

    // A Monday in summer: 14:00 in Berlin is 12:00 UTC. The night shift ends on Tuesday.
    assertThat(rules.calendar().shift(ns("2026-07-06T12:00:00Z")))
        .contains(new Interval(ns("2026-07-06T12:00:00Z"), ns("2026-07-06T20:00:00Z")));
    assertThat(rules.calendar().shift(ns("2026-07-07T03:00:00Z")))
        .contains(new Interval(ns("2026-07-06T20:00:00Z"), ns("2026-07-07T04:00:00Z")));
    assertThat(rules.calendar().shift(ns("2026-07-12T08:00:00Z"))).as("Sunday").isEmpty();
  }

  @Test
  void downtimesHoldForTheirSubjectOnTheirDays() throws Exception {
    Rules rules = register().rules();
    long fromNs = ns("2026-07-12T00:00:00Z");

    assertThat(rules.calendar().downtimes("acme/augsburg/line-1/cnc-01", fromNs, fromNs))
        .containsExactly(new Interval(ns("2026-07-11T22:00:00Z"), ns("2026-07-12T22:00:00Z")));
    assertThat(rules.calendar().downtimes("acme/augsburg/line-1/cnc-02", fromNs, fromNs))
        .contains(new Interval(ns("2026-07-12T09:30:00Z"), ns("2026-07-12T10:00:00Z")));
  }

  @Test
  void rowsOfATableOfTimeElementsAreTakenInTheirOrder() throws Exception {
    Rules rules = register().rules();

    assertThat(rules.timeElements().name()).isEqualTo("house rules of 2026");
    assertThat(rules.timeElements().of(3, 3)).isEqualTo(Element.PRODUCTION);
    assertThat(rules.timeElements().of(3, 0)).isEqualTo(Element.SETUP);
    assertThat(rules.timeElements().of(0, 1)).isEqualTo(Element.DOWN);
    assertThat(rules.timeElements().of(2, 0)).isEqualTo(Element.DELAY);
    assertThat(rules.timeElements().of(1, 0)).isEqualTo(Element.UNKNOWN);
  }

  @Test
  void theNamedTableOfTimeElementsIsTheOneThatShips() throws Exception {
    String text = base("exclusions:", "time-elements: opc-40501\nexclusions:");

    assertThat(load(text).timeElements()).isEqualTo(load(base()).timeElements());
  }

  @Test
  void aDayOfAQualificationCountsWithAllOfIt() throws Exception {
    assertThat(register().rules().qualifications())
        .containsExactly(
            new Qualification(
                "op-17",
                "acme/augsburg/line-1",
                ns("2025-12-31T23:00:00Z"),
                ns("2026-12-31T23:00:00Z")),
            new Qualification(
                "op-23",
                "acme/augsburg/line-1/cnc-01",
                ns("2026-03-01T06:00:00Z"),
                ns("2026-06-01T04:00:00Z")));
  }

  @Test
  void qualificationsCanComeOutOfATable() throws Exception {
    Files.writeString(
        directory.resolve("training.csv"),
        """
        person,subject,from,to
        op-17,line-1,2026-01-01,2026-12-31

        op-23, line-1/cnc-01, 2026-03-01, 2026-03-01
        """);

    List<Qualification> read =
        load(base("exclusions:", "qualifications: {file: training.csv}\nexclusions:"))
            .qualifications();

    assertThat(read)
        .containsExactly(
            new Qualification(
                "op-17",
                "acme/augsburg/line-1",
                ns("2026-01-01T00:00:00Z"),
                ns("2027-01-01T00:00:00Z")),
            new Qualification(
                "op-23",
                "acme/augsburg/line-1/cnc-01",
                ns("2026-03-01T00:00:00Z"),
                ns("2026-03-02T00:00:00Z")));
  }

  @Test
  void anOwnerIsTheSignalsElseTheAssetsElseTheTemplates() throws Exception {
    assertThat(register().signals())
        .extracting(signal -> signal.path().substring("acme/augsburg/line-1/".length()))
        .containsExactly(
            "cnc-01/item-state",
            "cnc-01/operation-mode",
            "cnc-01/parts",
            "cnc-02/item-state",
            "cnc-02/operation-mode",
            "cnc-02/parts",
            "cnc-02/energy",
            "vision-01/temperature");
    assertThat(register().signals())
        .extracting(Signal::owner)
        .containsExactly(
            "line maintenance",
            "line maintenance",
            "production",
            "cell 2",
            "cell 2",
            "production",
            "cell 2",
            "");
  }

  @Test
  void rolesMeaningAndIdealCycleReachTheRegister() throws Exception {
    Register register = register();

    assertThat(register.signals())
        .extracting(Signal::role)
        .startsWith(Role.ITEM_STATE, Role.OPERATION_MODE, Role.PARTS_PRODUCED)
        .endsWith(Role.COUNTER, Role.NONE);
    assertThat(register.signals().get(0).semanticId())
        .isEqualTo("nsu=http://opcfoundation.org/UA/Machinery/;i=1002");
    assertThat(register.assets())
        .extracting(asset -> asset.path() + " " + asset.idealCycleNs() / 1_000_000_000L)
        .containsExactly(
            "acme/augsburg 0",
            "acme/augsburg/line-1 0",
            "acme/augsburg/line-1/cnc-01 45",
            "acme/augsburg/line-1/cnc-02 90",
            "acme/augsburg/line-1/vision-01 0");
    assertThat(load(full()).assets())
        .extracting(AssetConfig::idealCycle)
        .startsWith(Duration.ofSeconds(45));
  }

  @Test
  void whatTheFileComesToIsToldWithItsDefaults() throws Exception {
    assertThat(EffectiveValues.of(load(full())))
        .containsExactly(
            "  windows         30s of assets, 30m of signals",
            "  late data       waited for 20s, of mill 5m; revises windows for 36h",
            "  model updates   due in 2h, a success after 12h",
            "  clocks          conforming within 250ms",
            "  time zone       Europe/Berlin",
            "  shift           early mon-fri 06:00-14:00",
            "  shift           late mon-fri 14:00-22:00",
            "  shift           night mon-thu 22:00-06:00",
            "  shift           saturday sat 06:00-14:00",
            "  downtime        acme/augsburg/line-1 sun 00:00-24:00 (weekend)",
            "  downtime        acme/augsburg/line-1/cnc-02 mon-sun 11:30-12:00 (break)",
            "  time elements   house rules of 2026, 4 rows",
            "  qualifications  2",
            "  ideal cycle     of 2 of 3 assets",
            "  owner           of 7 of 8 signals",
            "  semantic id     of 2 of 8 signals",
            "  roles           2 item-state, 2 operation-mode, 2 parts-produced, 1 counter");
    assertThat(EffectiveValues.of(load(base())))
        .containsExactly(
            "  windows         1m of assets, 1h of signals",
            "  late data       waited for 10s; revises windows for 1d",
            "  model updates   due in 1h, a success after 1d",
            "  clocks          conforming within 1s",
            "  time zone       UTC",
            "  time elements   OPC 40501-1 Annex C, 4 rows",
            "  qualifications  0",
            "  ideal cycle     of 0 of 2 assets",
            "  owner           of 0 of 3 signals",
            "  semantic id     of 0 of 3 signals",
            "  roles           none");
  }
}
