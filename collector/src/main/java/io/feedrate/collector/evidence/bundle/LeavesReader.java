package io.feedrate.collector.evidence.bundle;

import io.feedrate.collector.evidence.log.Disclosure;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.store.LeafParser;
import io.feedrate.collector.store.LeafValue;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the file of leaves and tells each to somebody while the root is computed.
 *
 * <p><b>Thread</b>: one at a time. <b>Memory</b>: one line.
 */
final class LeavesReader implements Disclosure.Leaves, Closeable {
  private static final int MAX_LINE = 64 << 20;
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final Each each;
  private final MerkleHash hash = new MerkleHash();
  private final LeafParser parser = new LeafParser();
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private long line;
  private long index;
  private int textStart;
  private int textEnd;

  /** Takes leaves. */
  interface Each {
    /** A leaf by the order in the file. */
    void onLeaf(long index, LeafValue value, byte[] leafHash);

    /** A line that is no leaf; it is hashed as it is. */
    void onDamaged(long line, String why);
  }

  LeavesReader(InputStream in, Each each) throws IOException {
    this.in = in;
    this.each = each;
    next();
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public byte[] take() throws IOException {
    byte[] leaf = hash.leaf(Arrays.copyOfRange(buffer, textStart, textEnd));
    try {
      each.onLeaf(index, parser.parse(buffer, textStart, textEnd - textStart), leaf);
    } catch (IllegalArgumentException e) {
      each.onDamaged(line, String.valueOf(e.getMessage()));
    }
    next();
    return leaf;
  }

  /** Goes to the next line; an index that cannot be read counts as before all others. */
  private void next() throws IOException {
    int newline = newline();
    if (newline < 0) {
      index = NONE;
      if (end > start) {
        each.onDamaged(line + 1, "the line does not end");
      }
      return;
    }
    line++;
    index = 0;
    int at = start;
    while (at < newline && buffer[at] >= '0' && buffer[at] <= '9' && at - start < 18) {
      index = 10 * index + (buffer[at++] - '0');
    }
    if (at == start || at == newline || buffer[at] != '\t') {
      each.onDamaged(line, "it does not begin with an index and a tab");
      index = -1;
    }
    textStart = Math.min(at + 1, newline);
    textEnd = newline;
    start = newline + 1;
  }

  /** Where the next line ends; -1 if there is none. */
  private int newline() throws IOException {
    int at = start;
    while (true) {
      while (at < end) {
        if (buffer[at] == '\n') {
          return at;
        }
        at++;
      }
      if (start > 0) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        at -= start;
        end -= start;
        start = 0;
      }
      if (end == buffer.length) {
        if (buffer.length >= MAX_LINE) {
          throw new IOException("line " + (line + 1) + " is too long to be a leaf");
        }
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int n = in.read(buffer, end, buffer.length - end);
      if (n < 0) {
        return -1;
      }
      end += n;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
