/**
 * Who may do what: users with a role each and a token, of which a file holds the hash.
 *
 * <p>{@link io.feedrate.collector.access.Role} is the one place that says what a role may; {@link
 * io.feedrate.collector.access.UserFile} is the file, which commands change; {@link
 * io.feedrate.collector.access.LiveUsers} is how a running collector looks at it, each time anew if
 * it changed, so that a user who was removed is out at once. {@link
 * io.feedrate.collector.access.FailedLogins} slows guessing down. Nothing here knows of HTTP. Why
 * tokens are hashed as they are: docs/adr/0019-tokens-and-roles.md.
 */
@NullMarked
package io.feedrate.collector.access;

import org.jspecify.annotations.NullMarked;
