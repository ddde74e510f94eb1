package io.feedrate.collector.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/** The npm package with the peers that run on Node.js. */
final class NodePackage {
  private NodePackage() {}

  /** Its directory, installed. */
  static Path installed() {
    Path directory = Path.of("src", "test", "peers").toAbsolutePath();
    if (!Files.isDirectory(directory.resolve("node_modules"))) {
      throw new AssertionError(
          "the test servers are not installed in "
              + directory
              + ": run ./check, or `npm ci` there");
    }
    return directory;
  }
}
