package io.feedrate.collector.statements;

import io.feedrate.collector.chain.ChainedFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

  private final Path data;
  private final ChainedFile<Statement> lines;

  /** Those of a data directory; it need not have any yet. */
  public StatementFile(Path data) {
    this.data = data;
    lines = lines(data.resolve(FILE_NAME));
  }

  private static ChainedFile<Statement> lines(Path file) {
    return new ChainedFile<>(
        file, "statement", MAX_STATEMENTS, new StatementJson(), StatementException::new);
  }

  /** The whole file as it is; nothing where there is none. */
  public byte[] bytes() {
    return lines.bytes();
  }

  /**
   * The statements of a file's bytes, oldest first.
   *
   * @param name of the file, for messages
   * @throws StatementException if a line is none, or does not follow the one before it
   */
  public static List<Statement> parse(byte[] bytes, String name) {
    return lines(Path.of(name)).of(bytes).stream().map(ChainedFile.Line::value).toList();
  }

  /** All statements, oldest first. What a crash left unfinished at the end is none. */
  public List<Statement> read() {
    return lines.read().stream().map(ChainedFile.Line::value).toList();
  }

  /** Adds a statement; when this returns it is on the disk. */
  public void append(Statement statement) {
    lines.append(there -> List.of(statement));
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

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
