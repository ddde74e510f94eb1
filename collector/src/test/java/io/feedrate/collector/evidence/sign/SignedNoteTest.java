package io.feedrate.collector.evidence.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {

  /** Key and note of the package documentation of golang.org/x/mod/sumdb/note. */
  private static final String NAME = "PeterNeumann";

  private static final byte[] SEED = payload("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  private static final byte[] PUBLIC = payload("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSN"
          + "XgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

  private final SignatureAlgorithm ed25519 = SignatureAlgorithm.of("ed25519");
  private final VerifyKey peter = new VerifyKey(ed25519, PUBLIC);

  /** A key of the note package: a byte for the algorithm, then the key. */
  private static byte[] payload(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    return Arrays.copyOfRange(bytes, 1, bytes.length);
  }

  private SigningKey peterSigns() {
    String pkcs8 = "302e020100300506032b657004220420" + HexFormat.of().formatHex(SEED);
    return new SigningKey(peter, ed25519.privateKey(HexFormat.of().parseHex(pkcs8)));
  }

  private SigningKey other() {
    var pair = ed25519.generate();
    return new SigningKey(new VerifyKey(ed25519, ed25519.publicKey(pair)), pair.getPrivate());
  }

  @Test
  void aNoteOfAnotherImplementationIsReadAndMade() {
    assertThat(peter.noteId(NAME)).isEqualTo(0xc74f20a3);
    SignedNote note = SignedNote.parse(NOTE);
    assertThat(note.text()).isEqualTo(TEXT);
    assertThat(note.isSignedBy(peter)).isTrue();
    assertThat(note).hasToString(NOTE);
    assertThat(SignedNote.sign(TEXT, NAME, peterSigns())).hasToString(NOTE);
  }

  @Test
  void aChangedTextOrAnotherKeyIsFound() {
    SignedNote changed = SignedNote.parse(NOTE.replace("cryptography", "Cryptography"));
    assertThat(changed.names(peter)).isTrue();
    assertThat(changed.isSignedBy(peter)).isFalse();
    SigningKey other = other();
    SignedNote foreign = SignedNote.sign(TEXT, NAME, other);
    assertThat(foreign.names(peter)).isFalse();
    assertThat(foreign.isSignedBy(peter)).isFalse();
    assertThat(foreign.isSignedBy(other.verifyKey())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n\u2014 a\n",
        "text\n\n\u2014 a AAAA\n",
        "text\n\n\u2014 a+b AAAAAAAA\n",
        "text\n\n\u2014 a AAAAAAAA",
        "text\n\n\u2014 a ????????\n",
        "te\txt\n\n\u2014 a AAAAAAAA\n",
        "text\n\n\u2014  AAAAAAAA\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTreeHeadIsThreeLines() {
    // The example of c2sp.org/tlog-checkpoint.
    String text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    TreeHead head = TreeHead.parse(text);
    assertThat(head.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(head.size()).isEqualTo(20852163);
    assertThat(head.text()).isEqualTo(text);
    SignedNote note = head.sign(peterSigns());
    assertThat(TreeHead.parse(SignedNote.parse(note.toString()).text())).isEqualTo(head);
    assertThat(note.isSignedBy(peter)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\n1\n",
        "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n1\nCsUY\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
      })
  void whatIsNoTreeHeadIsRefused(String text) {
    assertThatThrownBy(() -> TreeHead.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** RFC 8032, section 7.1, test 2. */
  @Test
  void signaturesAreThoseOfTheRfc() {
    HexFormat hex = HexFormat.of();
    byte[] seed = hex.parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    byte[] publicKey =
        hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        ed25519.sign(
            ed25519.privateKey(
                hex.parseHex("302e020100300506032b657004220420" + hex.formatHex(seed))),
            new byte[] {0x72});

    assertThat(hex.formatHex(signature))
        .isEqualTo(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assertThat(ed25519.verify(publicKey, new byte[] {0x72}, signature)).isTrue();
    assertThat(ed25519.verify(publicKey, new byte[] {0x73}, signature)).isFalse();
    assertThat(ed25519.verify(new byte[3], new byte[] {0x72}, signature)).isFalse();
    assertThat(ed25519.verify(publicKey, new byte[] {0x72}, new byte[3])).isFalse();
  }
}
