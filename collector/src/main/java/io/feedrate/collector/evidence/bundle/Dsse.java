package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.evidence.sign.SigningKey;
import io.feedrate.collector.evidence.sign.VerifyKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signed envelope, DSSE v1.0.2: what is signed is the payload's type and bytes, so nothing needs
 * a canonical form.
 *
 * @param keyId of the key that signed; a hint, not signed itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Dsse(byte[] payload, String keyId, byte[] signature) {

  /** Type of an in-toto Statement. */
  static final String IN_TOTO = "application/vnd.in-toto+json";

  private static final ObjectMapper JSON = new ObjectMapper();

  static Dsse sign(byte[] payload, SigningKey key) {
    return new Dsse(payload, key.verifyKey().id(), key.sign(pae(IN_TOTO, payload)));
  }

  boolean isSignedBy(VerifyKey key) {
    return key.verify(pae(IN_TOTO, payload), signature);
  }

  /** The pre-authentication encoding: what is signed. */
  static byte[] pae(String type, byte[] payload) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + type.length() + 32);
    out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(typeBytes);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }

  /** As one line of JSON. */
  String json() {
    Base64.Encoder base64 = Base64.getEncoder();
    ObjectNode out = JSON.createObjectNode();
    out.put("payload", base64.encodeToString(payload));
    out.put("payloadType", IN_TOTO);
    ObjectNode signed = out.putArray("signatures").addObject();
    signed.put("keyid", keyId);
    signed.put("sig", base64.encodeToString(signature));
    return out.toString();
  }

  /**
   * Reads an envelope; nothing is verified.
   *
   * @throws IllegalArgumentException if it is none of an in-toto Statement with one signature
   */
  static Dsse parse(String json) {
    try {
      JsonNode in = JSON.readTree(json);
      JsonNode signatures = in.path("signatures");
      if (!in.path("payloadType").asText().equals(IN_TOTO) || signatures.size() != 1) {
        throw new IllegalArgumentException(
            "no envelope of an in-toto Statement with one signature");
      }
      Base64.Decoder base64 = Base64.getDecoder();
      return new Dsse(
          base64.decode(in.path("payload").asText()),
          signatures.get(0).path("keyid").asText(),
          base64.decode(signatures.get(0).path("sig").asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
