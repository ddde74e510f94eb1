package io.feedrate.collector.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a user is, and may do for that. The table for people: docs/operate.md. */
public enum Role {
  /** Looks. */
  VIEWER(Permission.READ),
  /** Runs the line: knows when a machine was taken out of service. */
  OPERATOR(Permission.READ, Permission.EXCLUDE),
  /** Answers for the gateway. */
  ENGINEER(Permission.values()),
  /** Comes from outside: reads and exports, and changes nothing. */
  ASSESSOR(Permission.READ, Permission.AUDIT, Permission.EXPORT);

  /** A bit for each permission. */
  private final int permissions;

  Role(Permission... permissions) {
    int bits = 0;
    for (Permission permission : permissions) {
      bits |= 1 << permission.ordinal();
    }
    this.permissions = bits;
  }

  /** Whether it may do this. */
  public boolean may(Permission permission) {
    return (permissions & 1 << permission.ordinal()) != 0;
  }

  /** The word for people and files: engineer. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a word. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
  }

  /** All words, to be told to people. */
  public static String words() {
    return Arrays.stream(values()).map(Role::word).collect(Collectors.joining(", "));
  }
}
