package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.SECOND;
import static io.feedrate.kpi.engine.Factory.T0;

import io.feedrate.kpi.Episode;
import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.ModelStage;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.ResultListener;
import io.feedrate.kpi.Snapshot;
import io.feedrate.kpi.Span;
import io.feedrate.kpi.State;
import io.feedrate.kpi.capability.UpdateLatency;
import io.feedrate.kpi.episode.WaitingTimes;
import io.feedrate.kpi.window.Histograms;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * SHA-256 digests of all that engines report about a fixed set of seeds, to the bit: one for each
 * block of seeds, which says where something changed, and one for each KPI, which says what. The
 * states that engines write on the way have digests as well.
 */
final class GoldenDigests implements ResultListener {
  private static final int BLOCKS = 3;
  private static final int FACTORIES = 20;
  private static final int TURMOILS = 4;
  private static final int CRASH_EVERY = 60;
  private static final long SOAK_NS = 60 * SECOND;
  private static final String UPDATES = "model updates";
  private static final String EPISODES = "episodes";

  private static final Map<String, List<Kpi>> BY_BASIS =
      Kpis.ALL.stream().collect(Collectors.groupingBy(Kpi::basis));

  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, MessageDigest> whole = new TreeMap<>();
  private final Set<String> measured = new TreeSet<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private final List<Episode> episodes = new ArrayList<>();
  private final List<ModelUpdate> updates = new ArrayList<>();
  private final Map<List<Object>, Episode> episodesOfSeed = new LinkedHashMap<>();
  private final Map<List<Object>, ModelUpdate> updatesOfSeed = new LinkedHashMap<>();
  private MessageDigest reported = sha256();
  private MessageDigest states = sha256();

  private GoldenDigests() {}

  /** Computes them all. */
  static GoldenDigests compute() {
    GoldenDigests its = new GoldenDigests();
    its.lines.put("format", Integer.toString(Snapshot.FORMAT));
    for (int block = 0; block < BLOCKS; block++) {
      its.block("factories", block, FACTORIES, its::factory);
      its.block("turmoils", block, TURMOILS, its::turmoil);
    }
    its.waits();
    its.whole.forEach((name, digest) -> its.lines.put(name, hex(digest)));
    return its;
  }

  /** One line each. */
  String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach((name, digest) -> text.append(name).append(": ").append(digest).append('\n'));
    return text.toString();
  }

  /** Ids of the KPIs that had a value at least once. */
  Set<String> measured() {
    return measured;
  }

  /** Prints the digests that this JVM computes. */
  public static void main(String[] args) {
    System.out.print(compute().text());
  }

  private void block(String name, int block, int seeds, LongConsumer run) {
    reported = sha256();
    states = sha256();
    for (long seed = (long) block * seeds; seed < (block + 1L) * seeds; seed++) {
      run.accept(seed);
      episodes.addAll(episodesOfSeed.values());
      episodesOfSeed.clear();
      updates.addAll(updatesOfSeed.values());
      updatesOfSeed.clear();
    }
    // Not formatted: in some languages numbers have other digits.
    String where = name + " " + block * seeds + " to " + ((block + 1) * seeds - 1);
    lines.put(where + ", reports", hex(reported));
    lines.put(where + ", states", hex(states));
  }

  private void factory(long seed) {
    Log log = FactoryLogs.of(seed);
    KpiEngine engine = new KpiEngine(this);
    engine.onRegister(log.register(), log.startNs());
    for (int i = 0; i < log.entries().size(); i++) {
      log.entries().get(i).apply(engine);
      if (i % CRASH_EVERY == 0) {
        states.update(Log.snapshot(engine));
      }
    }
  }

  private void turmoil(long seed) {
    Turmoil.runWithCrashes(
        seed, this, CRASH_EVERY, (register, snapshot) -> states.update(snapshot));
  }

  @Override
  public void onResult(Result r) {
    text(r.kpi(), r.subject(), r.span().name(), r.registerHash());
    numbers(r.startNs(), r.endNs(), r.revision());
    numbers(r.counts());
    write(r.histogram());
    figure(r.figure());
    end(r.kpi());
    if (r.span() != Span.WINDOW || r.subject().equals("site")) { // all would take twice the time
      Histogram histogram = Histograms.decode(r.histogram());
      for (Kpi kpi : BY_BASIS.getOrDefault(r.kpi(), List.of())) {
        computed(kpi, kpi.figure(r.counts(), histogram));
      }
    }
  }

  @Override
  public void onModelUpdate(ModelUpdate u) {
    text(u.node(), u.model(), u.version(), u.digest(), u.end().name(), u.otherDigest());
    numbers(u.attempt(), u.revision(), u.approvedNs(), u.approvedReceivedNs());
    numbers(u.endNotBeforeNs(), u.endNs(), u.endReceivedNs(), u.rolledBackNs());
    for (Map.Entry<ModelStage, Long> stage : u.stagesNs().entrySet()) {
      text(stage.getKey().name());
      numbers(stage.getValue());
    }
    end(UPDATES);
    updatesOfSeed.put(List.of(u.node(), u.model(), u.version(), u.attempt()), u);
  }

  @Override
  public void onEpisode(Episode e) {
    text(e.kind().name(), e.subject(), e.end().name());
    numbers(e.key(), e.startNs(), e.startReceivedNs(), e.endNs(), e.endReceivedNs(), e.revision());
    end(EPISODES);
    episodesOfSeed.put(List.of(e.kind(), e.subject(), e.key(), e.startNs()), e);
  }

  /** What an assessment estimates over all that waited. */
  private void waits() {
    long toNs = T0 + 300 * SECOND;
    for (Kpi kpi : Kpis.ALL) {
      kpi.waiting()
          .ifPresent(
              w -> {
                List<Episode> its = episodes.stream().filter(e -> e.kind() == w.kind()).toList();
                computed(
                    kpi,
                    UpdateLatency.isOne(kpi)
                        ? UpdateLatency.figure(kpi, updates, T0, toNs, SOAK_NS)
                        : WaitingTimes.over(its, T0, toNs, w.byReceipt()).figure(w.quantile()));
              });
    }
  }

  private void computed(Kpi kpi, Figure figure) {
    if (figure.state() == State.MEASURED) {
      measured.add(kpi.id());
    }
    figure(figure);
    end(kpi.id());
  }

  private void figure(Figure f) {
    text(f.state().name());
    numbers(
        Double.doubleToLongBits(f.value()), // all NaN are one
        Double.doubleToLongBits(f.lower()),
        Double.doubleToLongBits(f.upper()));
  }

  private void text(String... values) {
    try {
      for (String value : values) {
        out.writeUTF(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void numbers(long... values) {
    try {
      out.writeInt(values.length);
      for (long value : values) {
        out.writeLong(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] value) {
    numbers(value.length);
    bytes.writeBytes(value);
  }

  /** What was written since the last call is of this. */
  private void end(String name) {
    byte[] its = bytes.toByteArray();
    bytes.reset();
    reported.update(its);
    whole.computeIfAbsent(name, any -> sha256()).update(its);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
