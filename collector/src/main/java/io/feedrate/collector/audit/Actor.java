package io.feedrate.collector.audit;

/**
 * Who does something.
 *
 * @param name of a user of the gateway, or of the machine's operating system
 * @param role the user's role, {@link #COMMAND} or {@link #GATEWAY}
 */
public record Actor(String name, String role) {

  /** In place of a role: somebody at the command line, whom the operating system let in. */
  public static final String COMMAND = "command";

  /** In place of a role: the gateway itself. */
  public static final String GATEWAY = "gateway";

  /** Whoever runs this process, at the command line. */
  public static Actor command() {
    return new Actor(System.getProperty("user.name", "?"), COMMAND);
  }

  /** The gateway, about what it noticed by itself. */
  public static Actor gateway() {
    return new Actor("feedrate", GATEWAY);
  }
}
