package io.feedrate.collector.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A node-opcua server; what it has and understands is told in {@code opcua-server.js}. */
public final class OpcUaPeer implements AutoCloseable {

  /** Namespace of its variables. */
  public static final String NAMESPACE = "urn:example:cnc";

  private final PeerProcess process;

  private OpcUaPeer(PeerProcess process) {
    this.process = process;
  }

  /**
   * Starts one and waits until it listens.
   *
   * @param port on the loopback address
   * @param pki directory for its certificates; the same one again makes the same server
   * @param options as its command line has them
   */
  public static OpcUaPeer start(int port, Path pki, String... options) {
    List<String> command = new ArrayList<>(List.of("node", "opcua-server.js"));
    command.addAll(List.of("--port", Integer.toString(port), "--pki", pki.toString()));
    command.addAll(Arrays.asList(options));
    return new OpcUaPeer(PeerProcess.start(command, NodePackage.installed(), "READY"::equals));
  }

  /** Gives it a command and waits until it is done. */
  public void tell(String command, String... parameters) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(Arrays.asList(parameters));
    String answer =
        process.ask(String.join("\t", words), l -> l.equals("OK") || l.startsWith("ERROR"));
    if (!answer.equals("OK")) {
      throw new AssertionError(words + ": " + answer);
    }
  }

  public void freeze() {
    process.freeze();
  }

  public void thaw() {
    process.thaw();
  }

  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
