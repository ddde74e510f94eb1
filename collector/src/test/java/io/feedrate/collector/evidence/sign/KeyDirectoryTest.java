package io.feedrate.collector.evidence.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyDirectoryTest {
  private static final byte[] DATA = {1, 2, 3};

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private Path only(String suffix) throws IOException {
    try (var files = Files.list(data.resolve(KeyDirectory.NAME))) {
      List<Path> found = files.filter(f -> f.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aKeyThatWasMadeIsReadAgain() throws IOException {
    SigningKey made = KeyDirectory.open(data).create();

    KeyDirectory keys = KeyDirectory.open(data);
    assertThat(keys.signingKeys()).containsExactly(made.verifyKey());
    SigningKey read = keys.signingKey(made.verifyKey());
    assertThat(made.verifyKey().verify(DATA, read.sign(DATA))).isTrue();
    assertThat(made.verifyKey().id()).matches("ed25519:[0-9a-f]{32}");
    assertThat(Files.readString(only(".key.pem"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(Files.readString(only(".pub.pem"))).startsWith("-----BEGIN PUBLIC KEY-----\n");
  }

  @Test
  void nobodyElseReachesAPrivateKey() throws IOException {
    SigningKey key = KeyDirectory.open(data).create();

    assertThat(mode(data.resolve(KeyDirectory.NAME))).isEqualTo("rwx------");
    assertThat(mode(only(".key.pem"))).isEqualTo("rw-------");
    assertThat(key.toString()).isEqualTo(key.verifyKey().id());
  }

  @Test
  void aPrivateKeyOpenToOthersIsRefusedWithWhatToDo() throws IOException {
    KeyDirectory.open(data).create();
    Path file = only(".key.pem");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> KeyDirectory.open(data))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("open to others (rw-r-----)")
        .hasMessageContaining("chmod 600 " + file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path directory = data.resolve(KeyDirectory.NAME);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    assertThatThrownBy(() -> KeyDirectory.open(data))
        .hasMessageContaining("chmod 700 " + directory);
  }

  @Test
  void aRetiredKeyVerifiesAndDoesNotSign() throws IOException {
    KeyDirectory keys = KeyDirectory.open(data);
    SigningKey key = keys.create();
    byte[] signature = key.sign(DATA);

    keys.retire(key.verifyKey());

    assertThat(keys.signingKeys()).isEmpty();
    assertThat(keys.verifyKeys()).containsExactly(key.verifyKey());
    assertThat(keys.verifyKeys().get(0).verify(DATA, signature)).isTrue();
    assertThatThrownBy(() -> keys.signingKey(key.verifyKey()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void aPublicKeyUnderAnotherNameIsRefused() throws IOException {
    KeyDirectory keys = KeyDirectory.open(data);
    SigningKey first = keys.create();
    Path firstFile = only(".pub.pem");
    String text = Files.readString(firstFile);
    SigningKey second = keys.create();
    Path secondFile =
        firstFile.resolveSibling(second.verifyKey().id().replace(':', '-') + ".pub.pem");
    Files.writeString(secondFile, text);

    assertThatThrownBy(keys::verifyKeys)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds another key than its name says: " + first.verifyKey().id());
  }

  @Test
  void aPrivateKeyOfAnotherPairIsRefused() throws IOException {
    KeyDirectory keys = KeyDirectory.open(data);
    SigningKey first = keys.create();
    Path firstFile = only(".key.pem");
    SigningKey second = keys.create();
    Path secondFile =
        firstFile.resolveSibling(second.verifyKey().id().replace(':', '-') + ".key.pem");
    Files.writeString(firstFile, Files.readString(secondFile));

    assertThatThrownBy(() -> keys.signingKey(first.verifyKey()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the private half of " + first.verifyKey().id());
  }
}
