package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.sign.KeyDirectory;
import io.feedrate.collector.evidence.sign.SignatureAlgorithm;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.evidence.sign.VerifyKey;
import io.feedrate.collector.store.KeyRow;
import io.feedrate.collector.store.LogReader;
import io.feedrate.collector.store.Store;
import io.feedrate.collector.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that sign heads: their order is in the store, each as a leaf of the log, each but the
 * first signed by the one before; the keys themselves are in files.
 *
 * <p><b>Thread</b>: who wires, before the engine runs.
 */
public final class KeyRing {
  private KeyRing() {}

  /**
   * The key that signs now; the first start of a log makes one.
   *
   * @param store not used by anybody else meanwhile
   * @param nowNs by the collector's clock
   * @throws IOException if the files are open to others, or the key is not there; says what to do
   */
  public static SigningKey open(Path dataDirectory, Store store, long nowNs) throws IOException {
    KeyDirectory directory = KeyDirectory.open(dataDirectory);
    List<KeyRow> rows = rows(dataDirectory);
    if (!rows.isEmpty()) {
      return directory.signingKey(verifyKey(rows.get(rows.size() - 1)));
    }
    List<VerifyKey> there = directory.signingKeys();
    if (there.size() > 1) {
      throw new IOException(
          "a new log begins, but %s holds %d private keys: move all but one away"
              .formatted(dataDirectory.resolve(KeyDirectory.NAME), there.size()));
    }
    SigningKey key = there.isEmpty() ? directory.create() : directory.signingKey(there.get(0));
    store.addKey(row(key.verifyKey(), new byte[0], nowNs));
    return key;
  }

  /**
   * Puts a new key in the place of the one that signs now, which signs the new one and is then
   * deleted; its public half stays.
   *
   * @return the new one
   */
  public static SigningKey rotate(Path dataDirectory, Store store, long nowNs) throws IOException {
    return rotate(dataDirectory, store, nowNs, Optional.empty());
  }

  /**
   * The same with a key that is brought along.
   *
   * @param brought empty to make one
   */
  public static SigningKey rotate(
      Path dataDirectory, Store store, long nowNs, Optional<KeyPair> brought) throws IOException {
    SigningKey old = open(dataDirectory, store, nowNs);
    KeyDirectory directory = KeyDirectory.open(dataDirectory);
    for (VerifyKey leftover : directory.signingKeys()) {
      if (!leftover.equals(old.verifyKey())) {
        directory.retire(leftover); // of a rotation that did not come to its end
      }
    }
    SigningKey next = brought.isPresent() ? directory.keep(brought.get()) : directory.create();
    byte[] signature = old.sign(handover(old.verifyKey(), next.verifyKey()));
    store.addKey(row(next.verifyKey(), signature, nowNs));
    directory.retire(old.verifyKey());
    return next;
  }

  /**
   * The key that signs now, for those who do not open the store.
   *
   * @throws IOException if it cannot be read; says what to do
   */
  public static SigningKey current(Path dataDirectory, LogReader log) throws IOException {
    List<KeyRow> rows = log.keys();
    if (rows.isEmpty()) {
      throw new IOException("the log has no key yet: the collector makes one at its first start");
    }
    return KeyDirectory.open(dataDirectory).signingKey(verifyKey(rows.get(rows.size() - 1)));
  }

  private static List<KeyRow> rows(Path dataDirectory) {
    try (LogReader reader = LogReader.open(dataDirectory)) {
      return reader.keys();
    }
  }

  private static KeyRow row(VerifyKey key, byte[] previousSignature, long nowNs) {
    return new KeyRow(key.id(), key.algorithm().id(), key.publicKey(), previousSignature, nowNs);
  }

  /** The key of a row, whatever its row says of its id. */
  static VerifyKey verifyKey(KeyRow row) {
    try {
      return new VerifyKey(SignatureAlgorithm.of(row.algorithm()), row.publicKey());
    } catch (IllegalArgumentException e) {
      throw new StoreException("the key " + row.keyId() + " cannot be used", e);
    }
  }

  /** What the old key signs to say who follows. */
  static byte[] handover(VerifyKey old, VerifyKey next) {
    String text =
        "feedrate key rotation\n%s\n%s\n%s\n"
            .formatted(old.id(), next.id(), Base64.getEncoder().encodeToString(next.publicKey()));
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
