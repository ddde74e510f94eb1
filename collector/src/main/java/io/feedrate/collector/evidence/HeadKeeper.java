package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.log.Frontier;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.store.HeadRow;
import io.feedrate.collector.store.LogHeads;
import io.feedrate.collector.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the head of the tree as it was committed last, if it grew. Before it signs, what is
 * committed is flushed to the disk: a head never promises what a power loss can take back. It does
 * not sign a tree that does not go on from the head that it signed last: that would deny what was
 * promised. The log then says so, and collecting goes on.
 *
 * <p><b>Thread</b>: any; calls take turns.
 */
public final class HeadKeeper implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

  private final HeadsFile file;
  private final LogHeads heads;
  private final SigningKey key;
  private final String origin;
  private final LongSupplier clock;
  private @Nullable TreeHead last;
  private boolean isChecked;
  private boolean isBroken;

  /**
   * A keeper that has signed nothing yet.
   *
   * @param heads closed with the keeper
   * @param gatewayId names the log
   * @param clock the machine's, epoch nanoseconds
   */
  public HeadKeeper(
      Path dataDirectory, LogHeads heads, SigningKey key, String gatewayId, LongSupplier clock) {
    this.file = new HeadsFile(dataDirectory);
    this.heads = heads;
    this.key = key;
    this.origin = "feedrate/" + gatewayId.replaceAll("[^A-Za-z0-9._-]", "-");
    this.clock = clock;
  }

  /** Signs the tree if it grew since it was signed last. */
  public synchronized void sign() {
    try {
      check();
      Frontier tree = heads.tree();
      if (isBroken || tree.size() == (last == null ? 0 : last.size())) {
        return;
      }
      heads.flush();
      long nowNs = clock.getAsLong();
      Instant now = Instant.ofEpochSecond(0, nowNs).truncatedTo(ChronoUnit.SECONDS);
      TreeHead head = new TreeHead(origin, tree.size(), tree.root(), Optional.of(now));
      SignedNote note = head.sign(key);
      file.append(note);
      heads.add(new HeadRow(head.size(), note.toString(), nowNs));
      last = head;
    } catch (IOException | StoreException | IllegalArgumentException e) { // the last: no tree head
      LOG.warn("the head of the log could not be signed: {}", e.toString());
    }
  }

  /** Once: does the tree go on from what was signed last? */
  private void check() throws IOException {
    if (isChecked) {
      return;
    }
    HeadsFile.Contents contents = file.read();
    Optional<SignedNote> signed = contents.newest();
    if (signed.isPresent()) {
      TreeHead before = TreeHead.parse(signed.get().text());
      String note = signed.get().toString();
      boolean isStored = heads.newest().map(row -> row.note().equals(note)).orElse(false);
      long size = heads.tree().size();
      if (size < before.size()
          || (!isStored && !Arrays.equals(heads.root(before.size()), before.root()))) {
        isBroken = true;
        LOG.error(
            "results.db is not what was signed: {} says {} leaves, it has {} or others. No head is"
                + " signed any more. See feedrate log verify; if the file was moved away on"
                + " purpose, move {} away as well, and a new log begins",
            HeadsFile.NAME,
            before.size(),
            size,
            HeadsFile.NAME);
      }
      last = before;
    }
    isChecked = true;
  }

  /** Signs what was committed last, and ends. */
  @Override
  public void close() {
    sign();
    heads.close();
  }
}
