package io.feedrate.collector.evidence.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keys that somebody else made, in a PKCS#12 store (RFC 7292). */
public final class Pkcs12 {
  private static final byte[] PROBE = {1, 2, 3};

  private Pkcs12() {}

  /**
   * The one key of a store.
   *
   * @throws IOException if it cannot be opened, holds none or several, or one of an algorithm that
   *     does not sign heads; says what to do
   */
  public static KeyPair read(Path file, String password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      char[] secret = password.toCharArray();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, secret);
      List<KeyPair> found = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        Certificate certificate = store.getCertificate(alias);
        if (store.getKey(alias, secret) instanceof PrivateKey key && certificate != null) {
          found.add(new KeyPair(certificate.getPublicKey(), key));
        }
      }
      if (found.size() != 1) {
        throw new IOException(
            "%s holds %d private keys with a certificate: it must be one"
                .formatted(file, found.size()));
      }
      requireSigning(file, found.get(0));
      return found.get(0);
    } catch (GeneralSecurityException e) {
      throw new IOException("%s cannot be opened: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void requireSigning(Path file, KeyPair pair) throws IOException {
    SignatureAlgorithm algorithm = SignatureAlgorithm.DEFAULT;
    String name = pair.getPrivate().getAlgorithm();
    if (!name.equals("EdDSA") && !name.equals("Ed25519")) {
      throw new IOException(
          "%s holds a key of %s; heads are signed with Ed25519: make one with openssl genpkey"
                  .formatted(file, name)
              + " -algorithm ed25519");
    }
    byte[] publicKey = algorithm.publicKey(pair);
    if (!algorithm.verify(publicKey, PROBE, algorithm.sign(pair.getPrivate(), PROBE))) {
      throw new IOException(file + ": its certificate is not that of its private key");
    }
  }
}
