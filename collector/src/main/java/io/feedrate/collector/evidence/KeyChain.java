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
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a log in the order in which they took over, each checked against the one before.
 *
 * <p><b>Thread</b>: one at a time.
 */
public final class KeyChain {
  private final List<VerifyKey> keys = new ArrayList<>();
  private final List<Long> indexes = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  /** No keys yet. */
  public KeyChain() {}

  /** By the word of the store, and of the files beside it. */
  static KeyChain read(Path dataDirectory, LogReader store) throws IOException {
    KeyChain chain = new KeyChain();
    for (KeyRow row : store.keys()) {
      chain.add(chain.keys.size(), row);
    }
    Optional<List<VerifyKey>> files = KeyDirectory.publicKeys(dataDirectory);
    files.ifPresent(chain::requireIn);
    return chain;
  }

  /**
   * The next key takes over.
   *
   * @param index of its leaf
   */
  public void add(long index, KeyRow row) {
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
    indexes.add(index);
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

  /** What does not fit, in words. */
  public List<String> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** All of them, the first first. */
  public List<VerifyKey> all() {
    return Collections.unmodifiableList(keys);
  }

  /** The key of a row, numbered from 1. */
  Optional<VerifyKey> key(long row) {
    return row >= 1 && row <= keys.size() ? Optional.of(keys.get((int) row - 1)) : Optional.empty();
  }

  /** The key in force when the log had so many leaves. */
  public Optional<VerifyKey> keyAt(long size) {
    for (int i = keys.size() - 1; i >= 0; i--) {
      if (indexes.get(i) < size) {
        return Optional.of(keys.get(i));
      }
    }
    return Optional.empty();
  }

  /** The key that a note's signature names. */
  Optional<VerifyKey> namedBy(SignedNote note) {
    return keys.stream().filter(note::names).findFirst();
  }
}
