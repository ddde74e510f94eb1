package io.feedrate.collector.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One collector per data directory: a file lock that the system releases when the process dies,
 * however it dies. The file tells the process id of who holds it.
 */
public final class DataLock implements Closeable {
  private static final String FILE_NAME = "lock";

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the directory, creating it if there is none.
   *
   * @throws IllegalStateException if a collector runs on it
   */
  public static DataLock take(Path dataDirectory) throws IOException {
    Files.createDirectories(dataDirectory);
    Path file = dataDirectory.resolve(FILE_NAME);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String holder = pid(channel);
      channel.close();
      throw new IllegalStateException(
          "the data directory "
              + dataDirectory
              + " is in use by the collector with process id "
              + holder
              + ": stop it, or choose another directory (gateway.data)");
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new DataLock(channel);
  }

  /** Process id of the collector that runs on the directory; empty if none does. */
  public static Optional<String> holder(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!Files.isWritable(file)) {
      return Optional.empty(); // a copy for reading; nobody can run on it
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return tryLock(channel) == null ? Optional.of(pid(channel)) : Optional.empty();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this process
    }
  }

  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  /** Lets others take the directory. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
