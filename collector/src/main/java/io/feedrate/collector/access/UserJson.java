package io.feedrate.collector.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The users as JSON. */
final class UserJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private UserJson() {}

  static byte[] write(List<User> users) {
    ObjectNode out = JSON.createObjectNode();
    out.put("format", FORMAT);
    for (User user : users) {
      out.withArray("users")
          .addObject()
          .put("name", user.name())
          .put("role", user.role().word())
          .put("since", user.since().toString())
          .put("token_id", user.token().id())
          .put("salt", user.token().salt())
          .put("sha256", user.token().hash());
    }
    return (out.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are none; the message quotes nothing
   */
  static List<User> read(byte[] bytes) {
    JsonNode in;
    try {
      in = JSON.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
    if (in.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("its format is not " + FORMAT);
    }
    List<User> users = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    for (JsonNode each : in.path("users")) {
      User user = user(each, users.size() + 1);
      if (!names.add(user.name()) || !tokens.add(user.token().id())) {
        throw new IllegalArgumentException("user " + (users.size() + 1) + " is in it twice");
      }
      users.add(user);
    }
    return users;
  }

  private static User user(JsonNode in, int number) {
    try {
      return new User(
          in.path("name").asText(),
          Role.of(in.path("role").asText())
              .orElseThrow(() -> new IllegalArgumentException("its role is not known")),
          new TokenHash(
              in.path("token_id").asText(), in.path("salt").asText(), in.path("sha256").asText()),
          Instant.parse(in.path("since").asText()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("user " + number + ": since is no time", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("user " + number + ": " + e.getMessage(), e);
    }
  }
}
