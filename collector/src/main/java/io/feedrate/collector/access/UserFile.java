package io.feedrate.collector.access;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users of a data directory, in {@value #FILE_NAME}, with mode 0600. A change writes a new file
 * beside it, forces it to the disk and gives it the name: whenever the process dies, the old users
 * or the new ones are there.
 *
 * <p><b>Thread</b>: any; threads and processes that change it wait for each other, and a collector
 * may run. <b>Errors</b>: {@link AccessException}. <b>Bounds</b>: {@link #MAX_USERS}.
 */
public final class UserFile {

  /** Name of the file in the data directory. */
  public static final String FILE_NAME = "users.json";

  /** The most users. */
  public static final int MAX_USERS = 200;

  private static final String LOCK_NAME = "users.lock";
  private static final int MAX_BYTES = 1 << 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** A file's lock belongs to the whole process: threads need one of their own. */
  private static final Object THREADS = new Object();

  private final Path data;
  private final Path file;

  /** That of a data directory; it need not have any yet. */
  public UserFile(Path data) {
    this.data = data;
    file = data.resolve(FILE_NAME);
  }

  /** Where it is, or will be. */
  public Path path() {
    return file;
  }

  /** Tells one state of the file from another; a file that is not there has one as well. */
  record Stamp(@Nullable Object key, FileTime changed, long size) {}

  Stamp stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
    } catch (NoSuchFileException e) {
      return new Stamp(null, FileTime.fromMillis(0), -1);
    } catch (IOException e) {
      throw new AccessException(file + " cannot be looked at: " + e.getMessage(), e);
    }
  }

  /** All users in the order in which they were added. */
  public List<User> read() {
    try {
      requirePrivate();
      if (Files.size(file) > MAX_BYTES) {
        throw new AccessException(file + " is over 1 MiB: it is no list of users");
      }
      return UserJson.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IllegalArgumentException e) {
      throw new AccessException(
          "%s is damaged: %s. Restore it from a backup, or move it away and add the users again"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new AccessException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private void requirePrivate() throws IOException {
    Set<PosixFilePermission> now;
    try {
      now = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return; // a file system without them
    }
    if (!OWNER.containsAll(now)) {
      throw new AccessException(
          "%s is open to others (%s): chmod 600 %s"
              .formatted(file, PosixFilePermissions.toString(now), file));
    }
  }

  /**
   * Adds a user.
   *
   * @return the token, which nobody can find out afterwards
   * @throws AccessException also if there is one of this name, or too many
   * @throws IllegalArgumentException if that is no name
   */
  public String add(String name, Role role, Instant now) {
    TokenHash.Made made = TokenHash.make();
    User added = new User(name, role, made.hash(), now);
    change(
        users -> {
          if (find(users, name).isPresent()) {
            throw new AccessException(
                "there is a user %s already; for another role or token remove that one first"
                    .formatted(name));
          }
          if (users.size() >= MAX_USERS) {
            throw new AccessException(
                "%s holds %d users, more cannot be added".formatted(file, users.size()));
          }
          users.add(added);
        });
    return made.token();
  }

  /**
   * Removes a user, whose token and sessions end with that.
   *
   * @return who was removed
   */
  public User remove(String name) {
    List<User> removed = new ArrayList<>();
    change(
        users -> {
          removed.add(
              find(users, name)
                  .orElseThrow(() -> new AccessException("there is no user %s".formatted(name))));
          users.removeAll(removed);
        });
    return removed.get(0);
  }

  private static Optional<User> find(List<User> users, String name) {
    return users.stream().filter(user -> user.name().equals(name)).findFirst();
  }

  /** Changes the list that it is given. */
  @FunctionalInterface
  private interface Change {
    void apply(List<User> users);
  }

  private void change(Change change) {
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  data.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        List<User> users = new ArrayList<>(read());
        change.apply(users);
        write(users);
      } catch (OverlappingFileLockException e) {
        throw new AccessException(
            file + " is locked by another part of this process: try again", e);
      } catch (IOException e) {
        throw new AccessException(file + " cannot be written: " + e.getMessage(), e);
      }
    }
  }

  private void write(List<User> users) throws IOException {
    boolean isPosix = Files.getFileStore(data).supportsFileAttributeView("posix");
    FileAttribute<?>[] mode =
        isPosix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Path part = Files.createTempFile(data, FILE_NAME, ".part", mode);
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(UserJson.write(users));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The new name survives a power loss from now on. */
  private void forceDirectory() throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows opens no directory; its file system journals names by itself
    }
    try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
