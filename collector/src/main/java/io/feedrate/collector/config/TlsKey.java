package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.PemTls;
import io.feedrate.collector.config.GatewayConfig.Pkcs12Tls;
import io.feedrate.collector.config.GatewayConfig.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway's private key with its certificates, checked: the key is that of the first
 * certificate, and others cannot read its file.
 *
 * @param key RSA or EC
 * @param certificates the gateway's first, then those of who issued it
 */
public record TlsKey(PrivateKey key, List<X509Certificate> certificates) {

  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  public TlsKey {
    certificates = List.copyOf(certificates);
  }

  /** Does not print the key. */
  @Override
  public String toString() {
    return "TlsKey[" + certificates.get(0).getSubjectX500Principal() + ", ***]";
  }

  /** When the gateway's certificate ends. */
  public Instant validUntil() {
    return certificates.get(0).getNotAfter().toInstant();
  }

  /**
   * Reads and checks the files of a configuration that was checked before.
   *
   * @throws IOException if they are not what they were; names the file and says how to mend it
   */
  public static TlsKey read(Tls tls) throws IOException {
    try {
      return load(tls);
    } catch (BadValueException e) {
      throw new IOException(e.message() + ". " + e.hint(), e);
    }
  }

  static TlsKey load(Tls tls) throws BadValueException {
    TlsKey loaded =
        tls instanceof PemTls pem ? pem(pem) : pkcs12((Pkcs12Tls) tls); // there are no others
    requirePair(loaded, tls instanceof PemTls pem ? pem.key() : ((Pkcs12Tls) tls).keystore());
    return loaded;
  }

  private static TlsKey pem(PemTls pem) throws BadValueException {
    byte[] bytes = bytes(pem.certificate());
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) each);
      }
    } catch (GeneralSecurityException e) {
      certificates.clear(); // said below
    }
    if (certificates.isEmpty()) {
      throw new BadValueException(
          pem.certificate() + " holds no certificate",
          "It must be PEM text with BEGIN CERTIFICATE in it, the gateway's own first.");
    }
    return new TlsKey(privateKey(pem.key()), certificates);
  }

  private static PrivateKey privateKey(Path file) throws BadValueException {
    byte[] bytes = bytes(file);
    requirePrivate(file);
    Matcher matcher = PEM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      if (matcher.group(1).equals("PRIVATE KEY")) {
        try {
          return privateKey(Base64.getMimeDecoder().decode(matcher.group(2)), file);
        } catch (IllegalArgumentException e) {
          break; // said below
        }
      }
    }
    throw notPkcs8(file);
  }

  private static PrivateKey privateKey(byte[] pkcs8, Path file) throws BadValueException {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // perhaps it is the next one
      }
    }
    throw notPkcs8(file);
  }

  private static BadValueException notPkcs8(Path file) {
    return new BadValueException(
        file + " holds no RSA or EC private key in PKCS#8 without a password",
        "Convert yours: openssl pkcs8 -topk8 -nocrypt -in KEY -out " + file + ".");
  }

  private static TlsKey pkcs12(Pkcs12Tls pkcs12) throws BadValueException {
    Path file = pkcs12.keystore();
    byte[] bytes = bytes(file);
    requirePrivate(file);
    char[] password = pkcs12.password().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.getKey(alias, password);
        if (key instanceof PrivateKey found) {
          return new TlsKey(
              found,
              Arrays.stream(store.getCertificateChain(alias))
                  .map(X509Certificate.class::cast)
                  .toList());
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new BadValueException(
          file
              + " cannot be opened as PKCS#12: the password is wrong, or it is another kind of file",
          "Try it: openssl pkcs12 -info -noout -in " + file + ".");
    }
    throw new BadValueException(
        file + " holds no private key",
        "Make it again: openssl pkcs12 -export -inkey KEY -in CERTIFICATE -out " + file + ".");
  }

  private static byte[] bytes(Path file) throws BadValueException {
    try {
      if (!Files.isRegularFile(file)) {
        throw new BadValueException(
            "there is no file " + file, "The path is relative to this file.");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new BadValueException(file + " is over 1 MiB: it is no certificate or key", "");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadValueException(
          file + " cannot be read", "Give the user that Feedrate runs as the right to read it.");
    }
  }

  /** A group may read it: that is how keys are handed to services. Everybody may not. */
  private static void requirePrivate(Path file) throws BadValueException {
    Set<PosixFilePermission> permissions;
    try {
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException | IOException e) {
      return; // a file system without them
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new BadValueException(
          "everybody on this machine may read or write the private key " + file,
          "Take that away: chmod o-rw " + file + ".");
    }
  }

  private static void requirePair(TlsKey loaded, Path file) throws BadValueException {
    String algorithm =
        loaded.key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    byte[] probe = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(loaded.key);
      signer.update(probe);
      byte[] signature = signer.sign();
      signer.initVerify(loaded.certificates.get(0));
      signer.update(probe);
      if (signer.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      // said below: the key is of another kind than the certificate
    }
    throw new BadValueException(
        "the private key in " + file + " is not that of the certificate",
        "Put the gateway's own certificate first, and take the key that it was made with.");
  }
}
