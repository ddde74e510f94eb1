package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.collector.evidence.KeyChain;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.log.ProofCheck;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.evidence.sign.VerifyKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/** Who signed, and does the log go on from what was signed before? */
final class SignatureCheck {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final BundleContents contents;
  private final Verdict verdict;
  private final KeyChain keys;

  SignatureCheck(BundleContents contents, Verdict verdict, KeyChain keys) {
    this.contents = contents;
    this.verdict = verdict;
    this.keys = keys;
  }

  void run(BundleManifest manifest, TreeHead head, BundleVerifier.Expected expected)
      throws IOException {
    Optional<VerifyKey> key = keys.keyAt(head.size());
    if (key.isEmpty()) {
      verdict.invalid(BundleFile.LEAVES, "the leaf of the key that signs is not in it");
      return;
    }
    manifest(manifest, key.get());
    if (!note().isSignedBy(key.get())) {
      verdict.invalid(
          BundleFile.HEAD, "it is not signed by %s, the key in force".formatted(key.get()));
    }
    timeStamp(head, expected.authority());
    List<TreeHead> earlier = earlierHeads(head);
    previous(head, earlier, expected.previous());
    if (expected.challenge().isPresent()
        && !expected.challenge().get().equals(manifest.challenge())) {
      verdict.invalid(
          BundleFile.MANIFEST,
          "it carries the challenge \"%s\", not \"%s\": it was not made for this assessment"
              .formatted(manifest.challenge(), expected.challenge().get()));
    }
    who(expected.keyId());
  }

  private SignedNote note() {
    try {
      return SignedNote.parse(contents.text(BundleFile.HEAD));
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(BundleFile.HEAD, e);
    }
  }

  private void manifest(BundleManifest manifest, VerifyKey key) {
    if (!manifest.envelope().isSignedBy(key)) {
      verdict.invalid(
          BundleFile.ENVELOPE,
          keys.all().stream().anyMatch(other -> manifest.envelope().isSignedBy(other))
              ? "it is signed by a key whose time was over"
              : "it is not signed by %s, the key in force: it was changed, or somebody else signed"
                  .formatted(key));
    } else if (!manifest.keyId().equals(key.id())) {
      verdict.invalid(
          BundleFile.MANIFEST,
          "it names the key %s, but is signed by %s".formatted(manifest.keyId(), key));
    }
  }

  /** Every earlier head is signed, and the log goes on from it. */
  private List<TreeHead> earlierHeads(TreeHead head) throws IOException {
    List<TreeHead> heads = new ArrayList<>();
    ProofCheck check = new ProofCheck(new MerkleHash());
    for (JsonNode each : contents.json(BundleFile.EARLIER_HEADS)) {
      try {
        SignedNote note = SignedNote.parse(each.path("note").asText());
        TreeHead its = TreeHead.parse(note.text());
        List<byte[]> proof = new ArrayList<>();
        each.path("consistency").forEach(hash -> proof.add(HexFormat.of().parseHex(hash.asText())));
        if (!its.origin().equals(head.origin())
            || !check.isConsistent(its.size(), its.root(), head.size(), head.root(), proof)) {
          verdict.invalid(
              BundleFile.EARLIER_HEADS,
              "the log does not go on from its head of %d leaves".formatted(its.size()));
        } else if (keys.keyAt(its.size()).map(note::isSignedBy).orElse(false)) {
          requireTime(heads, its);
          heads.add(its);
        } else {
          verdict.invalid(
              BundleFile.EARLIER_HEADS,
              "the head of %d leaves is not signed by the key of then".formatted(its.size()));
        }
      } catch (IllegalArgumentException e) {
        verdict.invalid(BundleFile.EARLIER_HEADS, "a head cannot be read: " + e.getMessage());
      }
    }
    requireTime(heads, head);
    if (!heads.isEmpty()) {
      verdict.fact(
          "the log goes on from %d earlier heads, the first signed at %s"
              .formatted(
                  heads.size(),
                  heads.get(0).signed().map(Instant::toString).orElse("an unknown time")));
    }
    return heads;
  }

  private void requireTime(List<TreeHead> before, TreeHead head) {
    if (before.isEmpty()) {
      return;
    }
    TreeHead last = before.get(before.size() - 1);
    if (last.signed().isPresent()
        && head.signed().isPresent()
        && head.signed().get().plus(TOLERANCE).isBefore(last.signed().get())) {
      verdict.fact(
          "the machine's clock was set back between %s, when the log had %d leaves, and %s, with %d"
              .formatted(last.signed().get(), last.size(), head.signed().get(), head.size()));
    }
  }

  private void timeStamp(TreeHead head, Optional<Path> authority) {
    if (!contents.has(BundleFile.TIME_STAMP)) {
      if (authority.isPresent()) {
        verdict.incomplete(
            BundleFile.TIME_STAMP, "there is no time stamp: export with --timestamp");
      }
      return;
    }
    try {
      byte[] imprint = BundleZip.newSha256().digest(contents.bytes(BundleFile.HEAD));
      TimeStamp.Said said =
          new TimeStamp(contents.bytes(BundleFile.TIME_STAMP))
              .check(imprint, authority.map(SignatureCheck::certificate));
      verdict.fact(
          "%s says that the head existed at %s%s"
              .formatted(
                  said.authority(),
                  said.time(),
                  authority.isPresent() ? "" : "; nobody vouches for it yet: use --authority"));
      if (head.signed().isPresent() && head.signed().get().minus(MINUTE).isAfter(said.time())) {
        verdict.fact(
            "the machine's clock was ahead: it says that it signed the head at "
                + head.signed().get());
      }
    } catch (IllegalArgumentException e) {
      verdict.invalid(BundleFile.TIME_STAMP, String.valueOf(e.getMessage()));
    }
  }

  private static X509CertificateHolder certificate(Path pem) {
    try (PEMParser parser = new PEMParser(Files.newBufferedReader(pem))) {
      if (parser.readObject() instanceof X509CertificateHolder certificate) {
        return certificate;
      }
      throw new BundleException(pem + " is no certificate in PEM");
    } catch (IOException e) {
      throw new BundleException(pem + " is no certificate in PEM: " + e.getMessage(), e);
    }
  }

  private void previous(TreeHead head, List<TreeHead> earlier, Optional<Path> previous)
      throws IOException {
    if (previous.isEmpty()) {
      return;
    }
    TreeHead old = TreeHead.parse(BundleContents.head(previous.get()).text());
    String name = String.valueOf(previous.get().getFileName());
    if (!old.origin().equals(head.origin())) {
      verdict.invalid(
          BundleFile.HEAD,
          "%s is of the log %s, this of %s".formatted(name, old.origin(), head.origin()));
    } else if (old.size() > head.size()) {
      verdict.invalid(
          BundleFile.HEAD,
          "it is older than %s: the log had %d leaves then, and has %d here"
              .formatted(name, old.size(), head.size()));
    } else if (old.size() == head.size() && Arrays.equals(old.root(), head.root())) {
      verdict.fact("the log is the same as in " + name);
    } else if (earlier.stream()
        .anyMatch(e -> e.size() == old.size() && Arrays.equals(e.root(), old.root()))) {
      verdict.fact("the log goes on from " + name);
    } else {
      boolean isOther = earlier.stream().anyMatch(e -> e.size() == old.size());
      if (isOther || old.size() == head.size()) {
        verdict.invalid(
            BundleFile.HEAD, "the log is not that of %s: its past was changed".formatted(name));
      } else {
        verdict.incomplete(
            BundleFile.EARLIER_HEADS,
            "nothing shows that the log goes on from %s: export with --previous".formatted(name));
      }
    }
  }

  private void who(Optional<String> expected) {
    List<String> ids = keys.all().stream().map(VerifyKey::id).toList();
    if (expected.isEmpty()) {
      verdict.fact(
          "nobody vouches for the key yet: compare %s with what the plant told you, or use --key"
              .formatted(ids.get(0)));
    } else if (!ids.contains(expected.get())) {
      verdict.invalid(
          BundleFile.LEAVES,
          "the key %s that you know is not among the keys of this log: %s"
              .formatted(expected.get(), String.join(", ", ids)));
    }
  }
}
