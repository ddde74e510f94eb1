package io.feedrate.collector.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;

/** A certificate for localhost with its key, made for a test. */
public record TestCertificate(KeyPair pair, X509Certificate certificate) {

  public static TestCertificate make() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    return new TestCertificate(
        pair,
        new SelfSignedCertificateBuilder(pair)
            .setCommonName("localhost")
            .addDnsName("localhost")
            .addIpAddress("127.0.0.1")
            .build());
  }

  /** Writes the certificate as PEM. */
  public Path certificate(Path file) throws IOException, GeneralSecurityException {
    return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
  }

  /** Writes the key as PEM, readable for the owner. */
  public Path key(Path file) throws IOException {
    Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Writes both as PKCS#12. */
  public Path keystore(Path file, String password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "x", pair.getPrivate(), password.toCharArray(), new X509Certificate[] {certificate});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password.toCharArray());
    }
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private static String pem(String what, byte[] der) {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, newline).encodeToString(der), what);
  }
}
