package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Sample;
import java.util.LinkedHashMap;
import java.util.Map;

/** OPC UA StatusCodes by the names of OPC 10000-6, annex A. */
final class StatusCodes {
  static final int GOOD = 0;

  private static final String OVERFLOW = "+overflow";
  private static final Map<String, Integer> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("good", GOOD);
    BY_NAME.put("uncertain", 0x40000000);
    BY_NAME.put("bad", 0x80000000);
    BY_NAME.put("GoodOverload", 0x002F0000);
    BY_NAME.put("UncertainLastUsableValue", 0x40900000);
    BY_NAME.put("UncertainNoCommunicationLastUsableValue", 0x408F0000);
    BY_NAME.put("UncertainInitialValue", 0x40920000);
    BY_NAME.put("BadNoCommunication", 0x80310000);
    BY_NAME.put("BadWaitingForInitialData", 0x80320000);
    BY_NAME.put("BadSensorFailure", 0x808C0000);
    BY_NAME.put("BadOutOfService", 0x808D0000);
    BY_NAME.put("BadNoValue", 0x80F00000);
    BY_NAME.put("BadDataLost", 0x809D0000);
  }

  private StatusCodes() {}

  /** The code of "good", "BadSensorFailure", "uncertain+overflow" or "0x40900480". */
  static int of(Text word) {
    String words = word.words();
    if (words.matches("0x[0-9A-Fa-f]{8}")) {
      return Integer.parseUnsignedInt(words.substring(2), 16);
    }
    boolean overflow = words.endsWith(OVERFLOW);
    String name = overflow ? words.substring(0, words.length() - OVERFLOW.length()) : words;
    String known = word.of(name).oneOf(BY_NAME.keySet(), "status");
    int code = BY_NAME.getOrDefault(known, GOOD);
    return overflow ? code | Sample.STATUS_OVERFLOW : code;
  }
}
