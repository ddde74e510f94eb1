package io.feedrate.collector.evidence;

import io.feedrate.collector.evidence.sign.KeyDirectory;
import io.feedrate.collector.evidence.sign.SignatureAlgorithm;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.VerifyKey;
import io.feedrate.collector.store.KeyRow;
import io.feedrate.collector.store.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of a log by the word of the store, each checked against the one before. */
final class KeyChain {
  private final List<VerifyKey> keys = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  private KeyChain() {}

  static KeyChain read(Path dataDirectory, LogReader store) throws IOException {
    KeyChain chain = new KeyChain();
    for (KeyRow row : store.keys()) {
      chain.add(row);
    }
    Optional<List<VerifyKey>> files = KeyDirectory.publicKeys(dataDirectory);
    files.ifPresent(chain::requireIn);
    return chain;
  }

  private void add(KeyRow row) {
    SignatureAlgorithm algorithm;
    try {
      algorithm = SignatureAlgorithm.of(row.algorithm());
    } catch (IllegalArgumentException e) {
      faults.add("log_key %d: %s".formatted(keys.size() + 1, e.getMessage()));
      algorithm = SignatureAlgorithm.DEFAULT; // so that the others keep their numbers
    }
    VerifyKey key = new VerifyKey(algorithm, row.publicKey());
    if (!key.id().equals(row.keyId())) {
      faults.add(
          "log_key %d says %s, but the key is %s"
              .formatted(keys.size() + 1, row.keyId(), key.id()));
    }
    if (!keys.isEmpty()) {
      VerifyKey before = keys.get(keys.size() - 1);
      if (!before.verify(KeyRing.handover(before, key), row.previousSignature())) {
        faults.add(
            "the key %s was not appointed by %s, which signed before it: a foreign key"
                .formatted(key.id(), before.id()));
      }
    }
    keys.add(key);
  }

  private void requireIn(List<VerifyKey> files) {
    for (VerifyKey key : keys) {
      if (!files.contains(key)) {
        faults.add(
            "the key %s is not among the public keys in the directory %s: a foreign key"
                .formatted(key.id(), KeyDirectory.NAME));
      }
    }
  }

  List<String> faults() {
    return faults;
  }

  /** The key of a row, numbered from 1. */
  Optional<VerifyKey> key(long row) {
    return row >= 1 && row <= keys.size() ? Optional.of(keys.get((int) row - 1)) : Optional.empty();
  }

  /** The key that a note's signature names. */
  Optional<VerifyKey> namedBy(SignedNote note) {
    return keys.stream().filter(note::names).findFirst();
  }
}
