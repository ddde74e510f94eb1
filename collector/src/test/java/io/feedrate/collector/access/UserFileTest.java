package io.feedrate.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserFileTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  private String text() throws Exception {
    return Files.readString(data.resolve(UserFile.FILE_NAME));
  }

  @Test
  void aTokenIsKnownAgainAndStandsInNoFile() throws Exception {
    String token = new UserFile(data).add("li.na", Role.ENGINEER, NOW);

    LiveUsers users = new LiveUsers(data);
    assertThat(users.byToken(token)).map(User::name).contains("li.na");
    assertThat(users.byToken(token)).map(User::role).contains(Role.ENGINEER);
    String secret = token.substring("feedrate_".length() + 12 + 1);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
      }
    }
    assertThat(text()).contains("li.na", "engineer");
  }

  @Test
  void anotherTokenWithTheSameIdIsNobodys() {
    String token = new UserFile(data).add("li.na", Role.ENGINEER, NOW);
    LiveUsers users = new LiveUsers(data);
    char last = token.charAt(token.length() - 1);

    String other = token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertThat(users.byToken(other)).isEmpty();
    assertThat(users.byToken(token + "A")).isEmpty();
    assertThat(users.byToken("")).isEmpty();
    assertThat(users.byToken(token)).isPresent();
  }

  @Test
  void twoTokensAreNeverAlike() {
    UserFile file = new UserFile(data);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(file.add("user" + i, Role.VIEWER, NOW));
    }

    assertThat(tokens).doesNotHaveDuplicates().allMatch(t -> t.length() > 60);
    assertThat(file.read()).extracting(u -> u.token().salt()).doesNotHaveDuplicates();
  }

  @Test
  void whoIsRemovedIsOutWithTheNextQuestionAndWhoIsAddedIsIn() {
    UserFile file = new UserFile(data);
    LiveUsers users = new LiveUsers(data);
    assertThat(users.isEmpty()).isTrue();
    String token = file.add("li.na", Role.VIEWER, NOW);
    assertThat(users.byToken(token)).isPresent();
    String id = users.byToken(token).orElseThrow().token().id();

    assertThat(file.remove("li.na").role()).isEqualTo(Role.VIEWER);

    assertThat(users.byToken(token)).isEmpty();
    assertThat(users.byTokenId(id)).isEmpty();
    assertThat(users.isEmpty()).isTrue();
  }

  @Test
  void onlyItsOwnerMayReadTheFileElseNobodyGetsIn() throws Exception {
    String token = new UserFile(data).add("li.na", Role.VIEWER, NOW);
    Path file = data.resolve(UserFile.FILE_NAME);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    LiveUsers users = new LiveUsers(data);
    assertThat(users.byToken(token)).isPresent();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(file, text() + " "); // so that it is read again

    assertThatThrownBy(() -> users.byToken(token))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("is open to others (rw-r--r--): chmod 600 " + file);
  }

  @Test
  void aDamagedFileLetsNobodyInAndSaysWhatToDo() throws Exception {
    String token = new UserFile(data).add("li.na", Role.VIEWER, NOW);
    LiveUsers users = new LiveUsers(data);
    String good = text();

    Files.writeString(data.resolve(UserFile.FILE_NAME), good.replace("viewer", "king"));

    for (int i = 0; i < 2; i++) { // nor the second time
      assertThatThrownBy(() -> users.byToken(token))
          .isInstanceOf(AccessException.class)
          .hasMessageContaining("user 1: its role is not known")
          .hasMessageContaining("Restore it from a backup");
    }
    Files.writeString(data.resolve(UserFile.FILE_NAME), good);
    assertThat(users.byToken(token)).isPresent();
  }

  @Test
  void aNameIsTakenOnceAndMustBeAName() {
    UserFile file = new UserFile(data);
    file.add("李娜", Role.VIEWER, NOW);

    assertThatThrownBy(() -> file.add("李娜", Role.ENGINEER, NOW))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("there is a user 李娜 already");
    for (String name : List.of("", " ", "a b", "-x", "a\n", "x".repeat(65), "<b>")) {
      assertThatThrownBy(() -> file.add(name, Role.VIEWER, NOW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a user's name has letters");
    }
    assertThatThrownBy(() -> file.remove("nobody"))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("there is no user nobody");
    assertThat(file.read()).hasSize(1);
  }

  @Test
  void thereIsABoundAndItSaysSo() {
    UserFile file = new UserFile(data);
    for (int i = 0; i < UserFile.MAX_USERS; i++) {
      file.add("user" + i, Role.VIEWER, NOW);
    }

    assertThatThrownBy(() -> file.add("one-more", Role.VIEWER, NOW))
        .isInstanceOf(AccessException.class)
        .hasMessageContaining("holds 200 users, more cannot be added");
  }

  @Test
  void threadsThatAddAtOnceLoseNobody() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "user" + i;
      threads.add(new Thread(() -> new UserFile(data).add(name, Role.VIEWER, NOW)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(new UserFile(data).read()).hasSize(8);
    try (Stream<Path> files = Files.list(data)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("users.json", "users.lock");
    }
  }

  @Test
  void whatPrintsATokenDoesNotPrintIt() {
    TokenHash.Made made = TokenHash.make();

    assertThat(made.toString()).doesNotContain(made.token().substring(24));
  }
}
