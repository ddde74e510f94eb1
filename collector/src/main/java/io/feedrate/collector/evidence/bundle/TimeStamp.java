package io.feedrate.collector.evidence.bundle;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/**
 * What a third party says of when something existed: RFC 3161. It gets the SHA-256 of the signed
 * head and nothing else.
 *
 * @param response as it came, DER
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TimeStamp(byte[] response) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int NONCE_BITS = 64;
  private static final int MAX_BYTES = 1 << 20;

  /** What a time stamp says once it was checked. */
  record Said(Instant time, String authority) {}

  /**
   * Asks an authority.
   *
   * @param imprint SHA-256 of what is to be stamped
   * @throws BundleException if it cannot be reached or does not answer as it should
   */
  static TimeStamp of(URI authority, byte[] imprint) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    try {
      TimeStampRequest request =
          generator.generate(
              TSPAlgorithms.SHA256, imprint, new BigInteger(NONCE_BITS, new SecureRandom()));
      HttpRequest post =
          HttpRequest.newBuilder(authority)
              .timeout(TIMEOUT)
              .header("Content-Type", "application/timestamp-query")
              .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
              .build();
      HttpResponse<byte[]> answer =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(post, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200 || answer.body().length > MAX_BYTES) {
        throw new IOException("it answers " + answer.statusCode());
      }
      TimeStampResponse response = new TimeStampResponse(answer.body());
      response.validate(request);
      if (response.getTimeStampToken() == null) {
        throw new IOException("it refuses: " + response.getStatusString());
      }
      return new TimeStamp(answer.body());
    } catch (IOException | TSPException | IllegalArgumentException e) {
      throw failed(authority, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(authority, e);
    }
  }

  private static BundleException failed(URI authority, Exception e) {
    return new BundleException(
        "%s gives no time stamp: %s. Leave --timestamp out, or try another authority"
            .formatted(authority, e.getMessage()),
        e);
  }

  /**
   * What it says of these bytes.
   *
   * @param imprint SHA-256 of what it is about
   * @param trusted the certificate of an authority, or of who certified it; empty to take the one
   *     in the token
   * @throws IllegalArgumentException if it does not fit; the message says why
   */
  Said check(byte[] imprint, Optional<X509CertificateHolder> trusted) {
    try {
      TimeStampToken token = new TimeStampResponse(response).getTimeStampToken();
      if (token == null) {
        throw new IllegalArgumentException("it holds no token");
      }
      if (!java.util.Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), imprint)) {
        throw new IllegalArgumentException("it is about something else");
      }
      X509CertificateHolder signer = signer(token);
      SignerInformationVerifier verifier = new JcaSimpleSignerInfoVerifierBuilder().build(signer);
      token.validate(verifier);
      if (trusted.isPresent()) {
        requireTrust(signer, trusted.get());
      }
      return new Said(
          token.getTimeStampInfo().getGenTime().toInstant(), signer.getSubject().toString());
    } catch (IOException | TSPException | OperatorCreationException | CertificateException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static X509CertificateHolder signer(TimeStampToken token) {
    @SuppressWarnings("unchecked") // the library's API has no types here
    Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
    return found.stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the authority's certificate is not in it"));
  }

  /** The signer is the trusted one, or was certified by it. */
  private static void requireTrust(X509CertificateHolder signer, X509CertificateHolder trusted)
      throws CertificateException {
    if (signer.equals(trusted)) {
      return;
    }
    try {
      if (signer.isSignatureValid(new JcaContentVerifierProviderBuilder().build(trusted))) {
        return;
      }
    } catch (org.bouncycastle.cert.CertException | OperatorCreationException e) {
      throw new CertificateException(e);
    }
    throw new IllegalArgumentException(
        "%s was not certified by %s, which you trust"
            .formatted(signer.getSubject(), trusted.getSubject()));
  }
}
