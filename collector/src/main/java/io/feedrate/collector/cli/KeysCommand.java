package io.feedrate.collector.cli;

import io.feedrate.collector.audit.Actor;
import io.feedrate.collector.audit.AuditEntry.Action;
import io.feedrate.collector.audit.AuditFile;
import io.feedrate.collector.evidence.KeyRing;
import io.feedrate.collector.evidence.sign.Pkcs12;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.journal.DataLock;
import io.feedrate.collector.store.KeyRow;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code feedrate keys}: who signs the heads of the log? */
@Command(
    name = "keys",
    description = {"List the keys that sign the log of a data directory, or change the key.", ""},
    mixinStandardHelpOptions = true)
public final class KeysCommand implements FeedrateCommand {

  private static final int ORDER = 50;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return ORDER;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Which command: list or rotate?");
  }

  @Command(
      name = "list",
      description = {
        "Print the keys in the order in which they took over; the last one signs.",
        ""
      },
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data) {
    requireStore(data);
    PrintWriter out = spec.commandLine().getOut();
    try (LogReader reader = LogReader.open(data)) {
      for (KeyRow key : reader.keys()) {
        out.printf("%s since %s%n", key.keyId(), Instant.ofEpochSecond(0, key.sinceNs()));
      }
    }
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "rotate",
      description = {
        "Put a new key in the place of the one that signs, which signs the new one and is deleted.",
        "",
        "No collector may run on the directory meanwhile.",
        ""
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "DIR",
              description = "The data directory of a gateway (gateway.data).")
          Path data,
      @Option(
              names = "--pkcs12",
              paramLabel = "FILE",
              description = "Take the new key from this store instead of making one (Ed25519).")
          @Nullable Path pkcs12,
      @Option(
              names = "--password-file",
              paramLabel = "FILE",
              description = "What opens that store, in a file.")
          @Nullable Path passwordFile)
      throws IOException {
    requireStore(data);
    Optional<KeyPair> brought = brought(pkcs12, passwordFile);
    Optional<String> holder = DataLock.holder(data);
    if (holder.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "a collector runs on %s (process id %s): stop it first".formatted(data, holder.get()));
    }
    AuditFile audit = new AuditFile(data);
    audit.requireRoom();
    DataLock lock = DataLock.take(data);
    try (Store store = Store.open(data)) {
      Instant now = Instant.now();
      long nowNs = Math.addExact(TimeUnit.SECONDS.toNanos(now.getEpochSecond()), now.getNano());
      SigningKey next = KeyRing.rotate(data, store, nowNs, brought);
      audit.append(Actor.command(), Action.KEY_ROTATED, next.toString());
      spec.commandLine().getOut().println(next + " signs from now on");
      spec.commandLine().getOut().flush();
    } finally {
      lock.close();
    }
    return ExitCodes.OK;
  }

  private Optional<KeyPair> brought(@Nullable Path pkcs12, @Nullable Path passwordFile)
      throws IOException {
    if (pkcs12 == null && passwordFile == null) {
      return Optional.empty();
    }
    if (pkcs12 == null || passwordFile == null) {
      throw new ParameterException(spec.commandLine(), "--pkcs12 and --password-file go together");
    }
    return Optional.of(Pkcs12.read(pkcs12, Files.readString(passwordFile).strip()));
  }

  private void requireStore(Path data) {
    if (!Files.isRegularFile(data.resolve(Store.FILE_NAME))) {
      throw new ParameterException(
          spec.commandLine(),
          data + " is not the data directory of a gateway: no " + Store.FILE_NAME + " in it");
    }
  }
}
