package io.feedrate.collector.evidence.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keys in files: {@code ALGORITHM-DIGITS.key.pem} (PKCS#8, mode 0600) as long as a key may sign,
 * and {@code ALGORITHM-DIGITS.pub.pem} for ever, in a directory of mode 0700. Digits are those of
 * the key's id. Where the file system knows no such modes they are not checked.
 *
 * <p><b>Thread</b>: one at a time. <b>Errors</b>: {@link IOException} that says how to mend it.
 */
public final class KeyDirectory {

  /** Its name in the data directory. */
  public static final String NAME = "keys";

  private static final String PRIVATE = ".key.pem";
  private static final String PUBLIC = ".pub.pem";
  private static final Set<PosixFilePermission> DIRECTORY_MODE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE_MODE =
      PosixFilePermissions.fromString("rw-------");

  private final Path directory;

  private KeyDirectory(Path directory) {
    this.directory = directory;
  }

  /** The keys of a data directory, which nobody but the owner may reach. */
  public static KeyDirectory open(Path dataDirectory) throws IOException {
    Path directory = dataDirectory.resolve(NAME);
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(dataDirectory);
      Files.createDirectory(directory, mode(dataDirectory, DIRECTORY_MODE));
    }
    requireMode(directory, DIRECTORY_MODE, "700");
    KeyDirectory keys = new KeyDirectory(directory);
    for (Path file : keys.files(PRIVATE)) {
      requireMode(file, FILE_MODE, "600");
    }
    return keys;
  }

  private static FileAttribute<?>[] mode(Path where, Set<PosixFilePermission> mode) {
    return isPosix(where)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void requireMode(Path path, Set<PosixFilePermission> most, String mode)
      throws IOException {
    if (isPosix(path) && !most.containsAll(Files.getPosixFilePermissions(path))) {
      throw new IOException(
          "%s is open to others (%s): whoever copied a key can sign in your name. Mend it with"
                  .formatted(
                      path, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
              + " chmod %s %s, and change the key (feedrate keys rotate) if others had access"
                  .formatted(mode, path));
    }
  }

  private List<Path> files(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.filter(file -> file.getFileName().toString().endsWith(suffix))
          .sorted()
          .forEach(found::add);
    }
    return found;
  }

  /** Makes a key and keeps both halves. */
  public SigningKey create() throws IOException {
    return keep(SignatureAlgorithm.DEFAULT.generate());
  }

  /** Keeps both halves of a key that was made elsewhere, of the algorithm for new keys. */
  public SigningKey keep(KeyPair pair) throws IOException {
    SignatureAlgorithm algorithm = SignatureAlgorithm.DEFAULT;
    VerifyKey verifyKey = new VerifyKey(algorithm, algorithm.publicKey(pair));
    keepPublic(verifyKey);
    write(
        file(verifyKey.id(), PRIVATE),
        pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
        FILE_MODE);
    return new SigningKey(verifyKey, pair.getPrivate());
  }

  private void keepPublic(VerifyKey key) throws IOException {
    write(file(key.id(), PUBLIC), key.pem(), PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void write(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
    try {
      Files.createFile(file, mode(file, mode));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " is there already: keys are never written over", e);
    }
    Files.writeString(file, text, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }

  /** The public keys that were ever kept here, by file name. */
  public List<VerifyKey> verifyKeys() throws IOException {
    List<VerifyKey> found = new ArrayList<>();
    for (Path file : files(PUBLIC)) {
      found.add(readPublic(file));
    }
    return found;
  }

  /** The public keys whose private halves are here: those that may sign. */
  public List<VerifyKey> signingKeys() throws IOException {
    List<VerifyKey> found = new ArrayList<>();
    for (Path file : files(PRIVATE)) {
      String name = file.getFileName().toString();
      String stem = name.substring(0, name.length() - PRIVATE.length());
      found.add(readPublic(directory.resolve(stem + PUBLIC)));
    }
    return found;
  }

  /**
   * The public keys of a data directory, for those who only check; empty where it has no directory
   * of keys, as in a copy.
   */
  public static Optional<List<VerifyKey>> publicKeys(Path dataDirectory) throws IOException {
    Path directory = dataDirectory.resolve(NAME);
    return Files.isDirectory(directory)
        ? Optional.of(new KeyDirectory(directory).verifyKeys())
        : Optional.empty();
  }

  /** The key that signs for this public half. */
  public SigningKey signingKey(VerifyKey key) throws IOException {
    Path file = file(key.id(), PRIVATE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "the private key "
              + file
              + " is missing: put it back from its safe copy. Without it the log cannot go on: move"
              + " results.db, heads.log and keys away together, and a new log begins");
    }
    SigningKey signing = new SigningKey(key, key.algorithm().privateKey(der(file)));
    byte[] probe = key.id().getBytes(StandardCharsets.UTF_8);
    if (!key.verify(probe, signing.sign(probe))) {
      throw new IOException(file + " is not the private half of " + key.id());
    }
    return signing;
  }

  /** Removes the private half of a key, which is not to sign any more. */
  public void retire(VerifyKey key) throws IOException {
    Files.deleteIfExists(file(key.id(), PRIVATE));
  }

  private Path file(String keyId, String suffix) {
    return directory.resolve(keyId.replace(':', '-') + suffix);
  }

  private static VerifyKey readPublic(Path file) throws IOException {
    String name = file.getFileName().toString();
    SignatureAlgorithm algorithm;
    byte[] info = der(file);
    try {
      algorithm = SignatureAlgorithm.of(name.substring(0, Math.max(0, name.indexOf('-'))));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    int prefix = algorithm.subjectPublicKeyInfo(new byte[0]).length;
    byte[] publicKey = new byte[Math.max(0, info.length - prefix)];
    System.arraycopy(info, Math.min(prefix, info.length), publicKey, 0, publicKey.length);
    VerifyKey key = new VerifyKey(algorithm, publicKey);
    if (!name.equals(key.id().replace(':', '-') + PUBLIC)) {
      throw new IOException(file + " holds another key than its name says: " + key.id());
    }
    return key;
  }

  private static byte[] der(Path file) throws IOException {
    String base64 =
        Files.readString(file, StandardCharsets.US_ASCII)
            .replaceAll("-----[A-Z ]+-----", "")
            .replaceAll("\\s", "");
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no PEM file", e);
    }
  }
}
