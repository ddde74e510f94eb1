package io.feedrate.collector.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a user is, and may do for that. The table for people: docs/operate.md. */
public enum Role {
  /** Looks. */
  VIEWER(EnumSet.of(Permission.READ)),
  /** Runs the line: knows when a machine was taken out of service. */
  OPERATOR(EnumSet.of(Permission.READ, Permission.EXCLUDE)),
  /** Answers for the gateway. */
  ENGINEER(EnumSet.allOf(Permission.class)),
  /** Comes from outside: reads and exports, and changes nothing. */
  ASSESSOR(EnumSet.of(Permission.READ, Permission.AUDIT, Permission.EXPORT));

  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = permissions;
  }

  /** Whether it may do this. */
  public boolean may(Permission permission) {
    return permissions.contains(permission);
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
