package io.feedrate.collector.chain;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One such file.
 *
 * <p><b>Thread</b>: any; threads and processes that append at once wait for each other.
 * <b>Errors</b>: what the owner makes of a message and its cause. <b>Bounds</b>: so many lines; the
 * file is read as a whole.
 *
 * @param <T> what a line says
 */
public final class ChainedFile<T> {
  private static final String FIRST = "0".repeat(64);

  /**
   * Taken before the file's lock, and to read it: that lock belongs to the whole process, and POSIX
   * takes it away as soon as the process closes the file anywhere.
   */
  private static final Object THREADS = new Object();

  /** Writes and reads one line. */
  public interface Codec<T> {
    /** A line without its end, which holds the digest of the line before. */
    String line(String previous, T value);

    /**
     * What a line says.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    Read<T> read(String line);
  }

  /** Makes the exceptions of a file's owner. */
  @FunctionalInterface
  public interface Errors {
    RuntimeException of(String message, @Nullable Throwable cause);
  }

  /**
   * A line that nobody read yet.
   *
   * @param text without its end
   * @param digest its own SHA-256, hex
   * @param end where the next one begins, in bytes
   */
  public record RawLine(String text, String digest, long end) {}

  /** A line as it was read: the digest in it, and what it says. */
  public record Read<T>(String previous, T value) {}

  /** A line of the file with its own digest, hex. */
  public record Line<T>(String digest, T value) {}

  private record Parsed<T>(List<Line<T>> lines, int end) {
    String lastDigest() {
      return lines.isEmpty() ? FIRST : lines.get(lines.size() - 1).digest();
    }
  }

  private final Path file;
  private final String word;
  private final int most;
  private final Codec<T> codec;
  private final Errors error;

  /**
   * A file that need not exist yet.
   *
   * @param word what a line is called, in messages: statement
   * @param most the most lines
   * @param error makes the exception of a message and its cause
   */
  public ChainedFile(Path file, String word, int most, Codec<T> codec, Errors error) {
    this.file = file;
    this.word = word;
    this.most = most;
    this.codec = codec;
    this.error = error;
  }

  /** All lines, oldest first. What a crash left unfinished at the end is none. */
  public List<Line<T>> read() {
    return of(bytes());
  }

  /** The whole file as it is; nothing where there is none. */
  public byte[] bytes() {
    try {
      synchronized (THREADS) {
        return Files.readAllBytes(file);
      }
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw error.of(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The lines of a copy of such a file. */
  public List<Line<T>> of(byte[] bytes) {
    return parse(bytes).lines;
  }

  /**
   * The complete lines of such a file that begin at a byte or later; none where there is no file.
   *
   * @param file one whose owner appends to it by this class
   */
  public static List<RawLine> rawLines(Path file, long from) throws IOException {
    byte[] bytes;
    synchronized (THREADS) {
      try (InputStream in = Files.newInputStream(file)) {
        in.skipNBytes(from);
        bytes = in.readAllBytes();
      } catch (NoSuchFileException | EOFException e) {
        return List.of();
      }
    }
    List<RawLine> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String text = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        start = i + 1;
        lines.add(new RawLine(text, sha256(text), from + start));
      }
    }
    return lines;
  }

  /** The digest that a first line holds in place of that of the line before it. */
  public static String first() {
    return FIRST;
  }

  /** SHA-256 of a line, hex. */
  public static String digest(String line) {
    return sha256(line);
  }

  /**
   * Adds what a function makes of the lines that are there; nobody else appends meanwhile. When
   * this returns it is on the disk. If the function throws, nothing is added.
   *
   * @param next must not use this file
   */
  public void append(Function<List<Line<T>>, List<T>> next) {
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        append(channel, next);
      } catch (OverlappingFileLockException e) {
        throw error.of(file + " is locked by another part of this process: try again", e);
      } catch (IOException e) {
        throw error.of(file + " cannot be written: " + e.getMessage(), e);
      }
    }
  }

  private void append(FileChannel channel, Function<List<Line<T>>, List<T>> next)
      throws IOException {
    Parsed<T> there = parse(all(channel));
    List<T> added = next.apply(there.lines);
    if (there.lines.size() + added.size() > most) {
      throw error.of(
          "%s holds %,d of at most %,d %ss, %,d more cannot be added"
              .formatted(file, there.lines.size(), most, word, added.size()),
          null);
    }
    if (there.end == 0) {
      forceDirectory(); // the file may be new; who finds a line in it need not do this again
    }
    channel.truncate(there.end); // what a crash left unfinished was never said to be there
    ByteBuffer bytes = lines(there.lastDigest(), added);
    for (long at = there.end; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
    channel.force(true);
  }

  private ByteBuffer lines(String lastDigest, List<T> added) {
    StringBuilder text = new StringBuilder();
    String digest = lastDigest;
    for (T value : added) {
      String line = codec.line(digest, value);
      digest = sha256(line);
      text.append(line).append('\n');
    }
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** By the channel that holds the lock: to close another one would give the lock away. */
  private static byte[] all(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    int read;
    do {
      read = channel.read(bytes);
    } while (read >= 0 && bytes.hasRemaining());
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** Names of new files in it survive a power loss from now on. */
  private void forceDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || File.separatorChar == '\\') {
      return; // Windows opens no directory; its file system journals names by itself
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Parsed<T> parse(byte[] bytes) {
    List<Line<T>> lines = new ArrayList<>();
    String digest = FIRST;
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        T value = value(line, digest, lines.size() + 1);
        digest = sha256(line);
        lines.add(new Line<>(digest, value));
        start = i + 1;
      }
    }
    return new Parsed<>(lines, start);
  }

  private T value(String line, String previous, int number) {
    Read<T> read;
    try {
      read = codec.read(line);
    } catch (IllegalArgumentException e) {
      throw error.of(
          "%s, line %d is not a %s: %s".formatted(file, number, word, e.getMessage()), e);
    }
    if (!read.previous().equals(previous)) {
      throw error.of(
          ("%s, line %d does not follow the line before it: one of the lines up to there was changed,"
                  + " removed or added by hand. Restore the file from a backup")
              .formatted(file, number),
          null);
    }
    return read.value();
  }

  private static String sha256(String line) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(line.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
