package io.feedrate.collector.access;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Somebody who may log in.
 *
 * @param name unique in a data directory
 * @param token what is kept of the token
 * @param since when the user was added, by the machine's clock
 */
public record User(String name, Role role, TokenHash token, Instant since) {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");

  public User {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a user's name has letters, digits, \".\", \"_\", \"@\" and \"-\", begins with a letter or"
              + " digit and is at most 64 long");
    }
  }
}
