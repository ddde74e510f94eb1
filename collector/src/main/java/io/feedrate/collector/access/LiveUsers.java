package io.feedrate.collector.access;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The users as they are now: each question looks whether the file changed, and reads it again if it
 * did. So who was removed is out with the next request. While the file cannot be read nobody gets
 * in.
 *
 * <p><b>Thread</b>: any. <b>Errors</b>: {@link AccessException}.
 */
public final class LiveUsers {

  private final UserFile file;
  private UserFile.@Nullable Stamp stamp;
  private Map<String, User> byTokenId = Map.of();

  /** Those of a data directory. */
  public LiveUsers(Path data) {
    file = new UserFile(data);
  }

  /** Whether there is any user. */
  public boolean isEmpty() {
    return users().isEmpty();
  }

  /** Whose token this is. */
  public Optional<User> byToken(String token) {
    return TokenHash.idOf(token).flatMap(this::byTokenId).filter(u -> u.token().matches(token));
  }

  /** The user with this id of a token, if that token still holds. */
  public Optional<User> byTokenId(String id) {
    return Optional.ofNullable(users().get(id));
  }

  private synchronized Map<String, User> users() {
    UserFile.Stamp now = file.stamp(); // before the reading: a change meanwhile is read again
    if (!now.equals(stamp)) {
      stamp = null;
      List<User> read = file.read();
      byTokenId =
          new HashMap<>(read.stream().collect(Collectors.toMap(u -> u.token().id(), u -> u)));
      stamp = now;
    }
    return byTokenId;
  }
}
