package io.feedrate.collector.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.measure.format.MeasurementParseException;
import systems.uom.ucum.format.UCUMFormat;

/** UCUM codes, case sensitive. */
final class Units {

  private static final int MAX_LENGTH = 64;

  /** What people write instead. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("rpm", "1/min"),
          Map.entry("RPM", "1/min"),
          Map.entry("U/min", "1/min"),
          Map.entry("rev/min", "1/min"),
          Map.entry("°C", "Cel"),
          Map.entry("degC", "Cel"),
          Map.entry("Celsius", "Cel"),
          Map.entry("celsius", "Cel"),
          Map.entry("cel", "Cel"),
          Map.entry("°F", "[degF]"),
          Map.entry("degF", "[degF]"),
          Map.entry("°", "deg"),
          Map.entry("sec", "s"),
          Map.entry("mm/sec", "mm/s"),
          Map.entry("hz", "Hz"),
          Map.entry("kWh", "kW.h"),
          Map.entry("Wh", "W.h"),
          Map.entry("Nm", "N.m"),
          Map.entry("µm", "um"),
          Map.entry("μm", "um"),
          Map.entry("m³/h", "m3/h"),
          Map.entry("m/s²", "m/s2"),
          Map.entry("inch", "[in_i]"),
          Map.entry("ppm", "[ppm]"),
          Map.entry("pcs", "{pcs}"),
          Map.entry("percent", "%"));

  private final Map<String, Boolean> known = new HashMap<>();
  private final UCUMFormat format = UCUMFormat.getInstance(UCUMFormat.Variant.CASE_SENSITIVE);

  /** The code as it is, once it is known to be one. */
  String parse(String code) throws BadValueException {
    if (known.computeIfAbsent(code, this::valid)) {
      return code;
    }
    String hint =
        Optional.ofNullable(MEANT.get(code.strip()))
            .map(meant -> "Did you mean " + Texts.quote(meant) + "?")
            .orElse(
                "Write a code like mm/min, 1/min, Cel, kW, bar or %, or 1 where it has none"
                    + " (https://ucum.org/ucum).");
    throw new BadValueException(Texts.quote(code) + " is not a UCUM unit", hint);
  }

  private boolean valid(String code) {
    if (code.isBlank() || code.length() > MAX_LENGTH) {
      return false;
    }
    try {
      return format.parse(code) != null;
    } catch (MeasurementParseException | IllegalArgumentException | ArithmeticException e) {
      return false;
    } catch (RuntimeException | Error e) {
      // The library's lexer throws its own Error on a character that it does not know.
      if (e instanceof VirtualMachineError || e instanceof LinkageError) {
        throw e;
      }
      return false;
    }
  }
}
