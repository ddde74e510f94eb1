package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.config.RegisterJson;
import io.feedrate.collector.engine.EngineDriver;
import io.feedrate.collector.engine.EngineOutput;
import io.feedrate.collector.engine.ObservedExclusion;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.store.EntryRow;
import io.feedrate.collector.store.ExclusionRow;
import io.feedrate.collector.store.GapRow;
import io.feedrate.collector.store.LeafKind;
import io.feedrate.collector.store.LeafText;
import io.feedrate.collector.store.LeafValue;
import io.feedrate.collector.store.RegisterRow;
import io.feedrate.collector.store.RejectRow;
import io.feedrate.kpi.Episode;
import io.feedrate.kpi.ModelUpdate;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Result;
import io.feedrate.kpi.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Computes the leaves of a bundle again from what was received, where that is in it.
 *
 * <p><b>Memory</b>: 40 bytes a leaf.
 */
final class SegmentCheck {
  private static final int FIRST_ROOM = 1 << 12;

  private final Optional<Segment.Base> base;
  private final long first;
  private final long end;
  private byte[] hashes = new byte[FIRST_ROOM * MerkleHash.LENGTH];
  private long[] indexes = new long[FIRST_ROOM];
  private int count;
  private long older;

  /**
   * A check that knows no leaf yet.
   *
   * @param base of the segment; empty where there is none
   * @param first of the leaves that stand together
   * @param end of these
   */
  SegmentCheck(Optional<Segment.Base> base, long first, long end) {
    this.base = base;
    this.first = first;
    this.end = end;
  }

  /** A leaf of the bundle, in the order of the log. */
  void onLeaf(long index, LeafKind kind, byte[] leafHash) {
    if (base.isEmpty() || kind == LeafKind.KEY || kind == LeafKind.HANDOVER) {
      return; // not computed from what was received
    }
    if (index < base.get().index()) {
      older++;
      return;
    }
    if (count == indexes.length) {
      indexes = Arrays.copyOf(indexes, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count * MerkleHash.LENGTH);
    }
    indexes[count] = index;
    System.arraycopy(leafHash, 0, hashes, count * MerkleHash.LENGTH, MerkleHash.LENGTH);
    count++;
  }

  /** Computes all again. */
  void run(BundleContents contents, int era, Verdict verdict) {
    if (base.isEmpty()) {
      return;
    }
    Segment.Base its = base.get();
    if (its.state().isPresent() && its.state().get().format() != Snapshot.FORMAT) {
      verdict.incomplete(
          BundleFile.SEGMENT,
          "another version of Feedrate wrote the state that it begins with (format %d, this one has"
                  .formatted(its.state().get().format())
              + " %d): verify with the version in the manifest".formatted(Snapshot.FORMAT));
      return;
    }
    Output output = new Output(era);
    EngineDriver driver = new EngineDriver(output, RegisterJson::read);
    output.clock = driver::timeNs;
    try (InputStream in = contents.open(BundleFile.SEGMENT)) {
      its.state().ifPresent(driver::restore);
      Segment.read(in, driver);
    } catch (IOException | RuntimeException e) { // what was received may be anything
      verdict.invalid(BundleFile.SEGMENT, "it cannot be computed from: " + e.getMessage());
      return;
    }
    if (output.next < count) {
      verdict.invalid(
          BundleFile.LEAVES,
          "leaf %d is not what the journal gives%s"
              .formatted(
                  indexes[output.next],
                  output.next + 1 < count
                      ? ", nor is one of the %d after it at its place"
                          .formatted(count - output.next - 1)
                      : ""));
    } else if (output.more > 0) {
      verdict.invalid(
          BundleFile.LEAVES,
          "the journal gives %d rows that the log does not have between leaves %d and %d"
              .formatted(output.more, first, end - 1));
    }
    verdict.fact(
        "%,d records of the journal gave %,d of the leaves again, bit by bit%s"
            .formatted(
                driver.recordCount(),
                output.next,
                older > 0 ? "; %,d are older than it".formatted(older) : ""));
  }

  /** Holds what is computed against the leaves, both in the order of the log. */
  private final class Output implements EngineOutput {
    private final int era;
    private final MerkleHash hash = new MerkleHash();
    private final LeafText text = new LeafText();
    private LongSupplier clock = () -> 0;
    private int next;
    private long more;

    Output(int era) {
      this.era = era;
    }

    private void add(Object row) {
      byte[] leaf = text.of(new LeafValue(row, era)).hash(hash);
      if (next < count
          && Arrays.equals(
              leaf,
              0,
              MerkleHash.LENGTH,
              hashes,
              next * MerkleHash.LENGTH,
              (next + 1) * MerkleHash.LENGTH)) {
        next++;
      } else if (isBetween()) {
        more++;
      }
    }

    /** Whether the last and the next leaf of the bundle are neighbours but for this row. */
    private boolean isBetween() {
      return next > 0
          && next < count
          && indexes[next - 1] >= first
          && indexes[next] < end
          && indexes[next] == indexes[next - 1] + 1;
    }

    @Override
    public void onResult(Result result) {
      add(result);
    }

    @Override
    public void onModelUpdate(ModelUpdate update) {
      add(update);
    }

    @Override
    public void onEpisode(Episode episode) {
      add(episode);
    }

    @Override
    public void onRegister(Register register, RegisterRow row) {
      add(row);
    }

    @Override
    public void onExclusion(ExclusionRow row) {
      add(row);
    }

    @Override
    public void onSwitchedOff(String subject, String signal, long fromNs, long toNs) {
      add(ObservedExclusion.row(subject, signal, fromNs, toNs, clock.getAsLong()));
    }

    @Override
    public void onEntry(EntryRow row) {
      add(row);
    }

    @Override
    public void onGap(GapRow row) {
      add(row);
    }

    @Override
    public void onReject(RejectRow row) {}
  }
}
