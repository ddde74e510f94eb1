package io.feedrate.collector.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.assess.ProfileException;
import io.feedrate.collector.assess.ProfileLoader;
import io.feedrate.collector.evidence.KeyChain;
import io.feedrate.collector.evidence.log.Disclosure;
import io.feedrate.collector.evidence.log.MerkleHash;
import io.feedrate.collector.evidence.sign.SignedNote;
import io.feedrate.collector.evidence.sign.TreeHead;
import io.feedrate.collector.statements.Stated;
import io.feedrate.kpi.maturity.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks a bundle by itself: needs no network, no data directory, not the machine that it came
 * from.
 *
 * <p><b>Thread</b>: its owner's.
 */
public final class BundleVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BundleContents contents;
  private final Expected expected;
  private final Verdict verdict = new Verdict();

  private BundleVerifier(BundleContents contents, Expected expected) {
    this.contents = contents;
    this.expected = expected;
  }

  /**
   * What the caller knows from elsewhere.
   *
   * @param keyId of a key of the plant; empty if it is not known
   * @param challenge that the bundle has to carry; empty if none was given
   * @param previous an earlier bundle of the same log
   * @param authority the certificate of a time stamp's authority, or of who certified it; PEM
   * @param software version of this program
   */
  public record Expected(
      Optional<String> keyId,
      Optional<String> challenge,
      Optional<Path> previous,
      Optional<Path> authority,
      String software) {}

  /** Verifies a bundle; whatever is wrong with it is in the verdict. */
  public static Verdict verify(Path bundle, Expected expected) throws IOException {
    try (BundleContents contents = new BundleContents(bundle)) {
      BundleVerifier verifier = new BundleVerifier(contents, expected);
      try {
        verifier.run();
      } catch (DamagedFileException e) {
        verifier.verdict.invalid(e.file(), String.valueOf(e.getMessage()));
      }
      return verifier.verdict;
    }
  }

  private void run() throws IOException {
    contents.twice().forEach(name -> verdict.invalid(name, "two files have this name"));
    Optional<BundleManifest> read = manifest();
    if (read.isEmpty()) {
      return;
    }
    BundleManifest manifest = read.get();
    tell(manifest);
    Map<String, String> digests = files(manifest);
    for (String needed : BundleManifest.NEEDED) {
      if (!digests.containsKey(needed)) {
        verdict.invalid(needed, "the file is missing");
        return;
      }
    }
    LeafResults results = new LeafResults(manifest.subjects(), manifest.fromNs(), manifest.toNs());
    SegmentCheck segment =
        new SegmentCheck(
            contents.has(BundleFile.SEGMENT)
                ? Optional.of(Segment.base(contents))
                : Optional.empty(),
            manifest.first(),
            manifest.end());
    LeafCheck leaves = new LeafCheck(verdict, results, manifest.first(), manifest.end(), segment);
    TreeHead head = log(leaves, manifest);
    new SignatureCheck(contents, verdict, leaves.keys()).run(manifest, head, expected);
    measured(manifest, results, leaves.keys(), digests.getOrDefault(BundleFile.LEAVES, ""));
    segment.run(contents, leaves.era(), verdict);
    new CoverageCheck(verdict, results).run(manifest);
  }

  private Optional<BundleManifest> manifest() {
    for (String name : List.of(BundleFile.MANIFEST, BundleFile.ENVELOPE)) {
      if (!contents.has(name)) {
        verdict.invalid(name, "the file is missing");
        return Optional.empty();
      }
    }
    try {
      Dsse envelope = Dsse.parse(contents.text(BundleFile.ENVELOPE));
      if (!Arrays.equals(envelope.payload(), contents.bytes(BundleFile.MANIFEST))) {
        verdict.invalid(BundleFile.MANIFEST, "it is not what is signed in " + BundleFile.ENVELOPE);
      }
      return Optional.of(BundleManifest.read(envelope));
    } catch (IllegalArgumentException | DateTimeParseException | IOException e) {
      throw new DamagedFileException(BundleFile.ENVELOPE, e);
    }
  }

  /** Every file has the digest of the manifest, and there are no others. */
  private Map<String, String> files(BundleManifest manifest) throws IOException {
    Map<String, String> digests = new HashMap<>();
    TreeSet<String> names = new TreeSet<>(contents.names());
    names.removeAll(List.of(BundleFile.MANIFEST, BundleFile.ENVELOPE));
    for (Map.Entry<String, String> file : manifest.digests().entrySet()) {
      if (!names.remove(file.getKey())) {
        verdict.invalid(file.getKey(), "the file is missing");
        continue;
      }
      String digest = digest(file.getKey());
      digests.put(file.getKey(), digest);
      if (!digest.equals(file.getValue())) {
        verdict.invalid(
            file.getKey(), "its SHA-256 is %s, not %s".formatted(digest, file.getValue()));
      }
    }
    names.forEach(name -> verdict.invalid(name, "the manifest does not know this file"));
    return digests;
  }

  private String digest(String name) {
    try {
      return contents.digest(name);
    } catch (IOException e) {
      return "not known, because it cannot be read (" + e.getMessage() + ")";
    }
  }

  /** The leaves and what is hidden lead to the root of the signed head. */
  private TreeHead log(LeafCheck check, BundleManifest manifest) {
    TreeHead head;
    try {
      head = TreeHead.parse(SignedNote.parse(contents.text(BundleFile.HEAD)).text());
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(BundleFile.HEAD, e);
    }
    if (head.size() != manifest.logSize() || !head.origin().equals(manifest.origin())) {
      verdict.invalid(
          BundleFile.HEAD,
          "it is of %s with %d leaves, the manifest says %s with %d"
              .formatted(head.origin(), head.size(), manifest.origin(), manifest.logSize()));
    }
    try (BufferedReader hidden =
            new BufferedReader(
                new InputStreamReader(
                    contents.open(BundleFile.HIDDEN), StandardCharsets.US_ASCII));
        LeavesReader leaves = new LeavesReader(contents.open(BundleFile.LEAVES), check)) {
      Iterator<byte[]> hashes = hidden.lines().map(HexFormat.of()::parseHex).iterator();
      Optional<byte[]> root = Disclosure.root(new MerkleHash(), head.size(), leaves, hashes);
      if (root.isEmpty()) {
        verdict.invalid(
            BundleFile.LEAVES,
            "the leaves do not fit into the log: one is missing, added or not at its place, or %s"
                    .formatted(BundleFile.HIDDEN)
                + " is of other leaves");
      } else if (!Arrays.equals(root.get(), head.root())) {
        verdict.invalid(
            BundleFile.LEAVES,
            "the leaves do not lead to the signed root of the log: at least one was changed");
      }
    } catch (IllegalArgumentException e) {
      verdict.invalid(BundleFile.HIDDEN, "it holds what is no hash: " + e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      verdict.invalid(BundleFile.LEAVES, "it cannot be read: " + e.getMessage());
    }
    check.finish(manifest.isWholePlant());
    return head;
  }

  private void measured(
      BundleManifest manifest, LeafResults results, KeyChain keys, String leavesDigest)
      throws IOException {
    Profile profile;
    try {
      profile = ProfileLoader.parse(contents.text(BundleFile.PROFILE), BundleFile.PROFILE);
    } catch (ProfileException e) {
      verdict.invalid(BundleFile.PROFILE, String.valueOf(e.getMessage()));
      return;
    }
    if (!profile.digest().equals(manifest.profileDigest())) {
      verdict.invalid(
          BundleFile.PROFILE,
          "its digest is %s, the manifest says %s"
              .formatted(profile.digest(), manifest.profileDigest()));
    }
    Stated stated = new PeopleCheck(contents, verdict).run(results.statements());
    new MeasuredCheck(contents, verdict, keys, expected.software())
        .run(manifest, results, profile, stated, leavesDigest);
  }

  private void tell(BundleManifest manifest) {
    verdict.fact(
        "it is about %s, from %s to %s"
            .formatted(
                String.join(", ", manifest.subjects()),
                KpiStatements.instant(manifest.fromNs()),
                KpiStatements.instant(manifest.toNs())));
    verdict.fact(
        "signed at %s by the machine's clock, with %s; the log had %,d leaves then"
            .formatted(manifest.signed(), manifest.keyId(), manifest.logSize()));
    if (manifest.isProvisional()) {
      verdict.fact("the maturity model is provisional: an aid for a self-assessment");
    }
    if (manifest.unsignedResults() > 0) {
      verdict.fact(
          "%,d results of the period were computed after the log was signed, and are not in it"
              .formatted(manifest.unsignedResults()));
    }
  }

  /** Whether two texts are the same JSON; numbers are compared by value. */
  static boolean isSame(JsonNode a, byte[] text) {
    try {
      return JSON.readTree(JSON.writeValueAsBytes(a)).equals(JSON.readTree(text));
    } catch (IOException e) {
      return false;
    }
  }
}
