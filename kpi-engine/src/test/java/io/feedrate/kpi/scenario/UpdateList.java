package io.feedrate.kpi.scenario;

import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.ModelUpdate.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * "model updates of vision-1": every update of a node in the order approved, one line each, such as
 * "defect 2 served, latency 4s".
 */
final class UpdateList {
  private static final Phrase UPDATE = new Phrase("{model} {version} {end}");
  private static final Phrase LATENCY = new Phrase("latency {latency}");
  private static final Phrase ON_COLLECTOR = new Phrase("latency on the collector's clock {later}");
  private static final Phrase ATTEMPT = new Phrase("attempt {number}");
  private static final Phrase DIGEST = new Phrase("digest {digest}");
  private static final Phrase ROLLED_BACK = new Phrase("rolled back {timeBack}");
  private static final Phrase STAGE = new Phrase("{stage} {timeStage}");
  private static final List<Phrase> ADDITIONS =
      List.of(LATENCY, ON_COLLECTOR, ATTEMPT, DIGEST, ROLLED_BACK, STAGE);

  private UpdateList() {}

  static Expectation read(Said said, Block part, Given given) {
    List<Said> expected = new ArrayList<>();
    for (Block item : part.items()) {
      Text line = item.text();
      Said its = Said.of(line, given, UPDATE, ADDITIONS);
      if (its == null) {
        throw line.fault(
            "'%s' is not an update such as: defect 2 served, latency 4s".formatted(line.words()));
      }
      line.of(its.word("end")).constant(End.class, "end of an update");
      expected.add(its);
    }
    return rehearsal ->
        check(said, expected, rehearsal.stage().report().modelUpdates(said.path("node")));
  }

  private static List<Fault> check(Said said, List<Said> expected, List<ModelUpdate> came) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < Math.max(expected.size(), came.size()); i++) {
      if (i >= came.size()) {
        faults.add(
            expected.get(i).text().fault("expected this update, but there are " + came.size()));
      } else if (i >= expected.size()) {
        faults.add(said.text().fault("came another update: " + describe(came.get(i))));
      } else if (!fits(expected.get(i), came.get(i))) {
        Text line = expected.get(i).text();
        faults.add(
            line.fault("expected %s, came %s".formatted(line.words(), describe(came.get(i)))));
      }
    }
    return faults;
  }

  private static boolean fits(Said it, ModelUpdate u) {
    ModelStage stage = it.has(STAGE) ? it.stage() : null;
    return it.word("model").equals(u.model())
        && it.word("version").equals(u.version())
        && it.word("end").replace('-', '_').equalsIgnoreCase(u.end().name())
        && (!it.has(LATENCY) || it.durationNs("latency") == u.latencyNs())
        && (!it.has(ON_COLLECTOR) || it.durationNs("later") == u.receivedLatencyNs())
        && (!it.has(ATTEMPT) || (int) it.number("number") == u.attempt())
        && (!it.has(DIGEST) || it.word("digest").equals(u.digest()))
        && it.has(ROLLED_BACK) == (u.rolledBackNs() != ModelUpdate.PENDING)
        && (!it.has(ROLLED_BACK) || it.timeNs("timeBack") == u.rolledBackNs())
        && (stage == null || u.stagesNs().getOrDefault(stage, -1L) == it.timeNs("timeStage"));
  }

  private static String describe(ModelUpdate u) {
    StringBuilder text = new StringBuilder();
    text.append(u.model()).append(' ').append(u.version()).append(' ');
    text.append(u.end().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (u.end() == End.SERVED) {
      text.append(", latency ").append(Times.duration(u.latencyNs()));
      text.append(", latency on the collector's clock ");
      text.append(Times.duration(u.receivedLatencyNs()));
    }
    text.append(", attempt ").append(u.attempt());
    if (!u.digest().isEmpty()) {
      text.append(", digest ").append(u.digest());
    }
    if (u.rolledBackNs() != ModelUpdate.PENDING) {
      text.append(", rolled back ").append(Times.time(u.rolledBackNs(), Times.DAY));
    }
    u.stagesNs()
        .forEach(
            (stage, ns) -> {
              String name = stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
              text.append(", ").append(name).append(' ').append(Times.time(ns, Times.DAY));
            });
    return text.toString();
  }
}
