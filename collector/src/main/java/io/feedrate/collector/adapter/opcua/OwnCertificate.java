package io.feedrate.collector.adapter.opcua;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Period;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * The collector's own key and self-signed certificate, made on first need and kept in {@code
 * pki/own}; {@code feedrate.der} beside it is what an administrator hands to the servers.
 *
 * @param keys the key pair
 * @param certificate the application instance certificate (OPC 10000-6, 6.2.2)
 */
record OwnCertificate(KeyPair keys, X509Certificate certificate) {
  private static final String ALIAS = "feedrate";

  /** The file's permissions protect the key, not this: whoever may read the one reads the other. */
  private static final char[] NO_SECRET = "feedrate".toCharArray();

  private static final int KEY_BITS = 2048;

  /** Reads the certificate in {@code directory} or makes one. */
  static OwnCertificate in(Path directory, String applicationUri) throws IOException {
    Path file = directory.resolve("feedrate.p12");
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      Files.createDirectories(directory);
      OwnCertificate made = make(applicationUri);
      made.write(file);
      Files.write(directory.resolve("feedrate.der"), made.certificate.getEncoded());
      return made;
    } catch (GeneralSecurityException e) {
      throw new IOException("the OPC UA key in " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static OwnCertificate read(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, NO_SECRET);
    }
    Key key = store.getKey(ALIAS, NO_SECRET);
    Certificate certificate = store.getCertificate(ALIAS);
    if (key instanceof PrivateKey own && certificate instanceof X509Certificate x509) {
      return new OwnCertificate(new KeyPair(x509.getPublicKey(), own), x509);
    }
    throw new GeneralSecurityException("it has no entry \"" + ALIAS + "\"");
  }

  private static OwnCertificate make(String applicationUri) throws GeneralSecurityException {
    KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
    SelfSignedCertificateBuilder builder =
        new SelfSignedCertificateBuilder(keys)
            .setCommonName("Feedrate collector")
            .setOrganization("Feedrate")
            .setValidityPeriod(Period.ofYears(5))
            .setApplicationUri(applicationUri)
            .addDnsName(hostName());
    try {
      return new OwnCertificate(keys, builder.build());
    } catch (Exception e) { // declared by Milo
      throw new GeneralSecurityException(e);
    }
  }

  private void write(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_SECRET);
    store.setKeyEntry(ALIAS, keys.getPrivate(), NO_SECRET, new Certificate[] {certificate});
    Path draft = file.resolveSibling("feedrate.p12.new");
    Files.deleteIfExists(draft);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (OutputStream out = Files.newOutputStream(draft)) {
      store.store(out, NO_SECRET);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
