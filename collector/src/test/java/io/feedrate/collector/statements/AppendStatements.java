package io.feedrate.collector.statements;

import io.feedrate.collector.statements.Statement.Claim;
import io.feedrate.collector.statements.Statement.Declared;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A process that appends statements as soon as its input ends, while another thread of it reads
 * them.
 */
final class AppendStatements {
  private AppendStatements() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    System.in.readAllBytes();
    Path data = Path.of(arguments[0]);
    Thread reader = new Thread(() -> readOnAndOn(data), "reader");
    reader.setDaemon(true);
    reader.start();
    append(data, arguments[1], Integer.parseInt(arguments[2]));
  }

  private static void readOnAndOn(Path data) {
    int seen = 0;
    while (seen >= 0) {
      seen = new StatementFile(data).read().size();
    }
  }

  static void append(Path data, String by, int count) {
    Instant now = Instant.now();
    for (int i = 0; i < count; i++) {
      new StatementFile(data)
          .append(new Declared(now, by, indicator(i), Claim.NOT_APPLICABLE, "there is none"));
    }
  }

  static String indicator(int number) {
    return "i" + number;
  }
}
