package io.feedrate.collector.statements;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Statements in the data directory: a line each, in {@value #FILE_NAME}, with the digest of the
 * line before it, so that a line that was changed, removed or put in between is found. That the
 * last lines are missing cannot be seen from the file alone.
 *
 * <p><b>Thread</b>: one of a process at a time; several processes may append, and a collector may
 * run. <b>Errors</b>: {@link StatementException}. <b>Bounds</b>: {@link #MAX_STATEMENTS} lines,
 * kept documents of {@link #MAX_KEPT_BYTES} each.
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

  private final Path data;
  private final Path file;

  /** Those of a data directory; it need not have any yet. */
  public StatementFile(Path data) {
    this.data = data;
    file = data.resolve(FILE_NAME);
  }

  /** The whole file. */
  public byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
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
    try {
      return parse(bytes(), file.toString());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new StatementException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Adds a statement; when this returns it is on the disk. */
  public void append(Statement statement) {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      Parsed there = parsed(Files.readAllBytes(file), file.toString());
      if (there.statements.size() >= MAX_STATEMENTS) {
        throw new StatementException(
            "%s holds %,d statements, more cannot be added".formatted(file, MAX_STATEMENTS));
      }
      String line = StatementJson.line(there.digest, statement) + "\n";
      channel.truncate(there.end); // what a crash left unfinished was never said to be there
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      for (long at = there.end; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    } catch (IOException e) {
      throw new StatementException(file + " cannot be written: " + e.getMessage(), e);
    }
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

  /** Keeps a copy of a document, under its digest. */
  public void keep(Path document, String digest) {
    Path directory = data.resolve(DOCUMENTS);
    Path kept = directory.resolve(digest);
    Path part = directory.resolve(digest + ".part");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(kept)) {
        Files.copy(document, part, StandardCopyOption.REPLACE_EXISTING);
        if (!digest(part).equals(digest)) {
          throw new StatementException(document + " changed while it was copied: try again");
        }
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new StatementException(
          "%s cannot be copied to %s: %s".formatted(document, kept, e.getMessage()), e);
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
