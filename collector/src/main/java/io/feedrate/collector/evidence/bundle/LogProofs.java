package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.log.Proofs;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.LogReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What leads from leaves to a head, and from earlier heads to it. */
final class LogProofs {
  private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
  private static final int MAX_HEADS = 400;

  private final LogReader log;
  private final TreeHead head;
  private final Proofs proofs;

  LogProofs(LogReader log, TreeHead head) {
    this.log = log;
    this.head = head;
    proofs = new Proofs(new MerkleHash(), log::subtree);
    if (!Arrays.equals(proofs.root(head.size()), head.root())) {
      throw new BundleException(
          "the log is not what its newest head was signed over: feedrate log verify tells more");
    }
  }

  /** Writes the hashes of what is not disclosed, a line of hex each. */
  void hidden(long[] disclosed, OutputStream out) throws IOException {
    for (byte[] each : proofs.disclosure(disclosed, head.size())) {
      out.write((HexFormat.of().formatHex(each) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  /**
   * The last head of each day (UTC) of the period, and that of an earlier bundle, each with the
   * proof that the log went on from it.
   */
  ArrayNode earlierHeads(long fromNs, long toNs, Optional<Path> previous) throws IOException {
    TreeMap<Long, String> bySize = new TreeMap<>();
    TreeMap<Long, HeadRow> byDay = new TreeMap<>();
    for (HeadRow row : log.headsBetween(fromNs - DAY_NS, toNs + DAY_NS)) {
      byDay.put(Math.floorDiv(row.signedNs(), DAY_NS), row);
    }
    while (byDay.size() > MAX_HEADS) {
      byDay.pollFirstEntry();
    }
    byDay.values().forEach(row -> bySize.put(row.size(), row.note()));
    if (previous.isPresent()) {
      SignedNote old = BundleContents.head(previous.get());
      TreeHead its = TreeHead.parse(old.text());
      if (!its.origin().equals(head.origin())
          || its.size() > head.size()
          || !Arrays.equals(proofs.root(its.size()), its.root())) {
        throw new BundleException(
            "%s is not of this log, or this log did not go on from it: it was of %s with %d leaves"
                .formatted(previous.get(), its.origin(), its.size()));
      }
      bySize.put(its.size(), old.toString());
    }
    ArrayNode heads = new ObjectMapper().createArrayNode();
    bySize.forEach(
        (size, note) -> {
          if (size > 0 && size <= head.size()) {
            ObjectNode each = heads.addObject();
            each.put("note", note);
            ArrayNode proof = each.putArray("consistency");
            proofs
                .consistency(size, head.size())
                .forEach(hash -> proof.add(HexFormat.of().formatHex(hash)));
          }
        });
    return heads;
  }
}
