package io.feedrate.collector.statements;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Statements in the data directory: a line each, in {@value #FILE_NAME}, with the digest of the
 * line before it, so that a line that was changed, removed or put in between is found. That the
 * last lines are missing cannot be seen from the file alone.
 *
 * <p><b>Thread</b>: any; threads and processes that append at once wait for each other, and a
 * collector may run. <b>Errors</b>: {@link StatementException}. <b>Bounds</b>: {@link
 * #MAX_STATEMENTS} lines, kept documents of {@link #MAX_KEPT_BYTES} each.
 */
public final class StatementFile {

  /** Name of the file in the data directory. */
  public static final String FILE_NAME = "statements.jsonl";

  /** Directory of kept documents, each named by its digest. */
  public static final String DOCUMENTS = "documents";

  /** The most statements. */
  public static final int MAX_STATEMENTS = 100_000;

  /** The largest document of which a copy is kept. */
  public static final long MAX_KEPT_BYTES = 64L << 20;

  private static final String FIRST = "0".repeat(64);

  /**
   * Taken before the file's lock, and to read it: that lock belongs to the whole process, and POSIX
   * takes it away as soon as the process closes the file anywhere.
   */
  private static final Object THREADS = new Object();

  private final Path data;
  private final Path file;

  /** Those of a data directory; it need not have any yet. */
  public StatementFile(Path data) {
    this.data = data;
    file = data.resolve(FILE_NAME);
  }

  /** The whole file, as it is; nothing where there is none. */
  public byte[] bytes() {
    try {
      synchronized (THREADS) {
        return Files.readAllBytes(file);
      }
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new StatementException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The statements of a file's bytes, oldest first.
   *
   * @param name of the file, for messages
   * @throws StatementException if a line is none, or does not follow the one before it
   */
  public static List<Statement> parse(byte[] bytes, String name) {
    return parsed(bytes, name).statements;
  }

  /** All statements, oldest first. What a crash left unfinished at the end is none. */
  public List<Statement> read() {
    return parse(bytes(), file.toString());
  }

  /** Adds a statement; when this returns it is on the disk. */
  public void append(Statement statement) {
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        append(channel, statement);
      } catch (OverlappingFileLockException e) {
        throw new StatementException(
            file + " is locked by another part of this process: try again", e);
      } catch (IOException e) {
        throw new StatementException(file + " cannot be written: " + e.getMessage(), e);
      }
    }
  }

  private void append(FileChannel channel, Statement statement) throws IOException {
    Parsed there = parsed(all(channel), file.toString());
    if (there.statements.size() >= MAX_STATEMENTS) {
      throw new StatementException(
          "%s holds %,d statements, more cannot be added".formatted(file, MAX_STATEMENTS));
    }
    if (there.end == 0) {
      forceDirectory(data); // the file may be new; who finds a line in it need not do this again
    }
    String line = StatementJson.line(there.digest, statement) + "\n";
    channel.truncate(there.end); // what a crash left unfinished was never said to be there
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    for (long at = there.end; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
    channel.force(true);
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

  /** What a file holds: its statements, the digest of the last line, the end of that line. */
  private record Parsed(List<Statement> statements, String digest, int end) {}

  private static Parsed parsed(byte[] bytes, String name) {
    List<Statement> statements = new ArrayList<>();
    String digest = FIRST;
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        statements.add(statement(line, digest, statements.size() + 1, name));
        digest = sha256(line.getBytes(StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return new Parsed(statements, digest, start);
  }

  private static Statement statement(String line, String previous, int number, String name) {
    StatementJson.Line read;
    try {
      read = StatementJson.read(line);
    } catch (IllegalArgumentException e) {
      throw new StatementException(
          "%s, line %d is not a statement: %s".formatted(name, number, e.getMessage()), e);
    }
    if (!read.previous().equals(previous)) {
      throw new StatementException(
          ("%s, line %d does not follow the line before it: one of the lines up to there was changed,"
                  + " removed or added by hand. Restore the file from a backup")
              .formatted(name, number));
    }
    return read.statement();
  }

  /**
   * Keeps a copy of a document, under its digest; when this returns it is on the disk. A copy that
   * is there already is read again.
   */
  public void keep(Path document, String digest) {
    Path directory = data.resolve(DOCUMENTS);
    Path kept = directory.resolve(digest);
    try {
      Files.createDirectories(directory);
      if (Files.exists(kept)) {
        requireIntact(kept, digest);
      } else {
        copy(document, kept, digest);
      }
      forceDirectory(directory);
      forceDirectory(data);
    } catch (IOException e) {
      throw new StatementException(
          "%s cannot be copied to %s: %s".formatted(document, kept, e.getMessage()), e);
    }
  }

  /** A copy was forced to the disk before it got its name. */
  private static void requireIntact(Path kept, String digest) throws IOException {
    if (!digest(kept).equals(digest)) {
      throw new StatementException(
          ("%s was damaged or changed: it has not the digest that it is named by. Move it away, and"
                  + " attach the document again")
              .formatted(kept));
    }
  }

  private static void copy(Path document, Path kept, String digest) throws IOException {
    Path part = Files.createTempFile(kept.getParent(), digest, ".part"); // others may copy it too
    try {
      Files.copy(document, part, StandardCopyOption.REPLACE_EXISTING);
      if (!digest(part).equals(digest)) {
        throw new StatementException(document + " changed while it was copied: try again");
      }
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Names of new files in it survive a power loss from now on. */
  private static void forceDirectory(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows opens no directory; its file system journals names by itself
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** SHA-256 of a file, hex. */
  public static String digest(Path document) throws IOException {
    MessageDigest sha = newSha256();
    try (FileChannel channel = FileChannel.open(document, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (channel.read(buffer) >= 0) {
        sha.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
