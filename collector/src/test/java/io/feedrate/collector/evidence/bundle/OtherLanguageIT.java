package io.feedrate.collector.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.evidence.bundle.Verdict.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in docs/, Python and openssl, comes to the same answers as {@code evidence verify}.
 */
class OtherLanguageIT {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path directory;

  private record Answered(int exit, String output) {}

  private static Answered script(Path bundle) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("python3", "../docs/check_bundle.py", bundle.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answered(process.waitFor(), output);
  }

  private static Answer verify(Path bundle) throws IOException {
    return BundleVerifier.verify(
            bundle,
            new BundleVerifier.Expected(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "test"))
        .answer();
  }

  @Test
  void theScriptAndTheVerifierAgreeOnGoodAndBadBundles() throws Exception {
    PlantData plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 70);
    Path whole = directory.resolve("whole.zip");
    BundleExporter.export(plant.order(), whole);
    Path one = directory.resolve("one.zip");
    BundleExporter.export(
        plant.order(List.of("site/line/m1"), Optional.empty(), true, "7f3a"), one);

    for (Path bundle : List.of(whole, one)) {
      assertThat(verify(bundle)).isEqualTo(Answer.OK);
      Answered answered = script(bundle);
      assertThat(answered.output()).startsWith("OK: ");
      assertThat(answered.exit()).isZero();
      for (String name : ZipFiles.read(bundle).files.keySet()) {
        agreeOnChangesOf(bundle, name);
      }
    }
  }

  private void agreeOnChangesOf(Path bundle, String name) throws Exception {
    ZipFiles changed = ZipFiles.read(bundle);
    byte[] bytes = changed.bytes(name).clone();
    bytes[bytes.length / 2] ^= 1;
    changed.files.put(name, bytes);
    Path bad = changed.write(directory.resolve("bad.zip"));

    assertThat(verify(bad)).as(name).isEqualTo(Answer.INVALID);
    assertThat(script(bad).exit()).as(name).isNotZero();
  }

  @Test
  void opensslAloneChecksTheSignatureOfTheManifest() throws Exception {
    PlantData plant = new PlantData(Files.createDirectory(directory.resolve("data")));
    plant.session(1, 70);
    Path bundle = directory.resolve("b.zip");
    BundleExporter.export(plant.order(), bundle);
    String page = Files.readString(Path.of("../docs/evidence-bundle.md"));
    int from = page.indexOf("```sh", page.indexOf("## With openssl alone")) + "```sh".length();
    String commands = page.substring(from, page.indexOf("```", from));
    Path shell = Files.writeString(directory.resolve("check.sh"), "set -e\n" + commands);

    Process process =
        new ProcessBuilder("sh", shell.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Signature Verified Successfully");
  }
}
