package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.evidence.sign.VerifyKey;
import io.feedrate.collector.store.HeadRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The signed heads of a log, from the store, the file and the caller, held against the tree while
 * it grows.
 */
final class SignedHeads {
  /** What a clock may be set back by the way, as time services do. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private static final String STORE = "results.db";
  private static final String KEPT = "the head that you kept";

  private final KeyChain keys;
  private final List<Head> heads = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final TreeMap<Long, Long> signedNs = new TreeMap<>();
  private @Nullable VerifyKey current;
  private int next;
  private long lastGoodSize;
  private long badHeads;

  /** A head and where it stands. */
  private record Head(String source, SignedNote note, TreeHead head) {}

  SignedHeads(List<HeadRow> rows, HeadsFile.Contents file, KeyChain keys) {
    this.keys = keys;
    faults.addAll(file.faults());
    Map<String, Head> byText = new LinkedHashMap<>();
    for (SignedNote note : file.notes()) {
      read(HeadsFile.NAME, note.toString()).ifPresent(head -> byText.put(note.toString(), head));
    }
    for (HeadRow row : rows) {
      signedNs.put(row.size(), row.signedNs());
      if (!byText.containsKey(row.note())) {
        faults.add(
            "the head of size %d in %s is not in %s: lines were removed or changed there"
                .formatted(row.size(), STORE, HeadsFile.NAME));
        read(STORE, row.note()).ifPresent(head -> byText.put(row.note(), head));
      }
    }
    heads.addAll(byText.values());
  }

  /** A head from elsewhere, which has to fit as well. */
  void keep(SignedNote note) {
    read(KEPT, note.toString()).ifPresent(heads::add);
  }

  private Optional<Head> read(String source, String text) {
    try {
      SignedNote note = SignedNote.parse(text);
      return Optional.of(new Head(source, note, TreeHead.parse(note.text())));
    } catch (IllegalArgumentException e) {
      faults.add("%s: a head cannot be read: %s".formatted(source, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Before the first leaf. */
  void begin(Findings findings) {
    heads.sort(Comparator.comparingLong(each -> each.head().size()));
    keys.faults().forEach(findings::add);
    faults.forEach(findings::add);
    long origins = heads.stream().map(each -> each.head().origin()).distinct().count();
    if (origins > 1) {
      findings.add("the heads are of %d logs by their origins".formatted(origins));
    }
    if (heads.isEmpty()) {
      findings.add("there is no signed head: nothing vouches for the log");
    }
  }

  /** A key took over with the leaf that comes next in the tree. */
  void onKey(long row, Findings findings) {
    current = keys.key(row).orElse(null);
    if (current == null) {
      findings.add("the key of log_key %d is missing".formatted(row));
    }
  }

  /** The tree grew by a leaf. */
  void onTree(Frontier tree, Findings findings) {
    while (next < heads.size() && heads.get(next).head().size() <= tree.size()) {
      Head each = heads.get(next++);
      boolean isSigned = requireSignature(each, findings);
      if (Arrays.equals(each.head().root(), tree.root())) {
        lastGoodSize = each.head().size();
      } else if (isSigned && badHeads++ == 0) {
        findings.add(
            "the root over %d leaves is not the one that was signed (%s)%s: of leaves %d to %d at"
                    .formatted(
                        each.head().size(),
                        each.source(),
                        when(lastGoodSize),
                        lastGoodSize,
                        each.head().size() - 1)
                + " least one was changed, with its row");
      }
    }
  }

  private boolean requireSignature(Head each, Findings findings) {
    VerifyKey due = current;
    if (due != null && each.note().isSignedBy(due)) {
      return true;
    }
    Optional<VerifyKey> named = keys.namedBy(each.note());
    String head = "the head of size %d in %s".formatted(each.head().size(), each.source());
    if (named.isEmpty()) {
      findings.add(head + " is signed by a foreign key, none of this log");
    } else if (!each.note().isSignedBy(named.get())) {
      findings.add(head + " was changed: its signature does not fit " + named.get());
    } else {
      findings.add("%s is signed by %s, whose time it was not".formatted(head, named.get()));
    }
    return false;
  }

  /** All leaves are read; heads that promise more tell of a rollback. */
  void end(long size, Findings findings) {
    if (badHeads > 1) {
      findings.add("%d more heads do not fit after that one".formatted(badHeads - 1));
    }
    List<Head> larger = new ArrayList<>();
    for (Head each : heads.subList(next, heads.size())) {
      if (each.head().size() > size) {
        larger.add(each);
      }
      requireKnownSignature(each, findings);
    }
    if (!larger.isEmpty()) {
      Head newest = larger.get(larger.size() - 1);
      findings.add(
          "the store was rolled back: %s has a signed head of %d leaves, the log has %d. Leaves %d to"
                  .formatted(newest.source(), newest.head().size(), size, size)
              + " %d are missing%s".formatted(newest.head().size() - 1, when(size)));
    }
  }

  private void requireKnownSignature(Head each, Findings findings) {
    if (keys.namedBy(each.note()).isEmpty()) {
      findings.add(
          "the head of size %d in %s is signed by a foreign key, none of this log"
              .formatted(each.head().size(), each.source()));
    }
  }

  /**
   * Signing times follow each other; where they do not, a gap of the log has to tell that the clock
   * was set back.
   *
   * @param told how many gaps do
   * @return what they tell
   */
  List<String> requireTimes(long told, Findings findings) {
    List<String> steps = new ArrayList<>();
    TreeHead before = null;
    for (Head each : heads) {
      TreeHead head = each.head();
      if (before != null && isBefore(head, before)) {
        steps.add(
            "the clock was set back between the heads of %d leaves (%s) and of %d (%s)"
                .formatted(
                    before.size(),
                    before.signed().orElseThrow(),
                    head.size(),
                    head.signed().orElseThrow()));
      }
      before = head;
    }
    if (steps.size() > told) {
      steps
          .subList((int) told, steps.size())
          .forEach(step -> findings.add(step + ", and no gap of the log tells of it"));
    }
    return steps;
  }

  private static boolean isBefore(TreeHead head, TreeHead before) {
    return head.signed().isPresent()
        && before.signed().isPresent()
        && head.signed().get().plus(TOLERANCE).isBefore(before.signed().get());
  }

  /** Between which heads a leaf was signed, as far as the store tells. */
  String when(long index) {
    Map.Entry<Long, Long> after = signedNs.higherEntry(index);
    Map.Entry<Long, Long> before = signedNs.floorEntry(index);
    if (after == null && before == null) {
      return "";
    }
    return " (signed%s%s)"
        .formatted(
            before == null ? "" : " after " + Instant.ofEpochSecond(0, before.getValue()),
            after == null ? "" : " by " + Instant.ofEpochSecond(0, after.getValue()));
  }

  int count() {
    return heads.size();
  }

  long newestSize() {
    return heads.isEmpty() ? 0 : heads.get(heads.size() - 1).head().size();
  }
}
