package io.feedrate.collector.web;

import io.feedrate.collector.access.Permission;
import io.feedrate.collector.access.Role;
import io.feedrate.collector.access.User;
import io.feedrate.collector.audit.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param user who is logged in, or null
 * @param isOpen whether those may look who are not
 */
record Identity(@Nullable User user, boolean isOpen) {

  boolean may(Permission permission) {
    if (user != null) {
      return user.role().may(permission);
    }
    return isOpen && Role.VIEWER.may(permission);
  }

  /** For the audit trail; only of who is logged in, and others may do nothing that is in it. */
  Actor actor() {
    if (user == null) {
      throw new IllegalStateException("nobody is logged in");
    }
    return new Actor(user.name(), user.role().word());
  }
}
