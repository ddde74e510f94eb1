package io.feedrate.collector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegisterJsonTest extends ConfigErrors {

  @Test
  void theCanonicalFormIsWhatItWas() throws Exception {
    // A difference here changes the hash that every result names: raise RegisterJson.FORM.
    assertThat(RegisterJson.write(RegisterFactory.register(load(base()))))
        .isEqualTo(resource("register.json").strip());
    assertThat(RegisterJson.write(RegisterFactory.register(load(full()))))
        .isEqualTo(resource("register-full.json").strip());
  }

  @Test
  void whatIsWrittenReadsBack() throws Exception {
    for (String text : List.of(base(), full())) {
      Register register = RegisterFactory.register(load(text));

      Register again = RegisterJson.read(RegisterJson.write(register));

      assertThat(again).isEqualTo(register);
      assertThat(again.hash()).hasSize(64).isEqualTo(RegisterJson.hash(again));
    }
  }

  @Test
  void theHashComesFromTheRequirementsAlone() throws Exception {
    String hash = RegisterFactory.register(load(base())).hash();

    assertThat(RegisterFactory.register(load(base("192.0.2.11", "192.0.2.99"))).hash())
        .as("an address is no requirement")
        .isEqualTo(hash);
    assertThat(RegisterFactory.register(load(base("period: 100ms", "period: 200ms"))).hash())
        .isNotEqualTo(hash);
    assertThat(RegisterFactory.register(load(base("12000", "12001"))).hash()).isNotEqualTo(hash);
    for (String change :
        List.of(
            "36h/37h",
            "lateness: 5m/lateness: 6m",
            "12h/13h",
            "250ms/251ms",
            "Europe.Berlin/Europe.Paris",
            "\"06:00\"/\"06:01\"",
            "11:30/11:31",
            "house rules of 2026/others",
            "mode: maintenance, element: down/mode: maintenance, element: delay",
            "2026-12-31/2026-12-30",
            "45s/46s",
            "role: counter/mode: event",
            "cell 2/cell 3",
            "i=1002/i=1003")) {
      String[] parts = change.split("/", 2);
      String text = full().replace("Europe/Berlin", "Europe.Berlin");
      assertThat(text).contains(parts[0]);
      text = text.replace(parts[0], parts[1]).replace("Europe.", "Europe/");
      assertThat(RegisterFactory.register(load(text)).hash())
          .as(change)
          .isNotEqualTo(RegisterFactory.register(load(full())).hash());
    }
  }

  @Test
  void aChangedOrForeignTextIsRefused() throws Exception {
    String json = RegisterJson.write(RegisterFactory.register(load(base())));

    assertThatThrownBy(() -> RegisterJson.read(json.replace("12000", "12001")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> RegisterJson.read("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegisterJson.read("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegisterJson.read("{")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersAreShortestAndReadBackExactly() {
    assertThat(RegisterJson.number(0.2)).isEqualTo("0.2");
    assertThat(RegisterJson.number(12000)).isEqualTo("12000");
    assertThat(RegisterJson.number(-0.0)).isEqualTo("0");
    assertThat(RegisterJson.number(2e-3)).isEqualTo("0.002");
    assertThat(RegisterJson.number(Double.NEGATIVE_INFINITY)).isEqualTo("null");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(RegisterJson.number(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void linesAreNestedAndParentsComeFirst() throws Exception {
    Register register =
        RegisterFactory.register(
            load(
                base(
                    "name: vision-01\n    line: line-1",
                    "name: vision-01\n    line: hall/line-2")));

    assertThat(register.assets())
        .extracting(asset -> asset.path() + " " + asset.kind() + " " + asset.parent())
        .containsExactly(
            "acme/augsburg SITE -1",
            "acme/augsburg/line-1 LINE 0",
            "acme/augsburg/hall LINE 0",
            "acme/augsburg/hall/line-2 LINE 2",
            "acme/augsburg/line-1/cnc-01 MACHINE 1",
            "acme/augsburg/hall/line-2/vision-01 NODE 3");
  }

  @Test
  void aSourceKnowsItsSignalsAndAssets() throws Exception {
    GatewayConfig config = load(base());
    Register register = RegisterFactory.register(config);

    assertThat(SourceSignals.of(config, register, "camera"))
        .containsExactly(
            new SignalAddress(
                2,
                "acme/augsburg/line-1/vision-01/temperature",
                "temperature",
                Duration.ofMillis(500),
                false));
    assertThat(SourceSignals.assetsOf(register, "mill"))
        .extracting(Asset::path)
        .containsExactly("acme/augsburg/line-1/cnc-01");
    assertThat(SourceSignals.of(config, register, "nobody")).isEmpty();
    assertThat(SourceSignals.assetsOf(register, "nobody")).isEmpty();
  }
}
