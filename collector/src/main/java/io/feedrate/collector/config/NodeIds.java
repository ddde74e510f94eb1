package io.feedrate.collector.config;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of OPC UA node ids (OPC 10000-6, 5.3.1.10): {@code i=2258}, {@code
 * ns=2;s=Spindle.Speed}, {@code nsu=urn:example:cnc;s=Spindle.Speed}.
 */
final class NodeIds {

  private static final int MAX_LENGTH = 4096;
  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern NO_TYPE = Pattern.compile("(nsu?=[^;]*);([^=;]+)");
  private static final String FORM =
      "Write it like ns=2;s=Spindle.Speed, nsu=urn:example:cnc;s=Spindle.Speed or i=2258.";

  private NodeIds() {}

  /** The node id as it is, once its syntax is right. */
  static String parse(String text) throws BadValueException {
    if (text.length() > MAX_LENGTH) {
      throw bad(text, "it is longer than " + MAX_LENGTH + " characters", FORM);
    }
    String identifier = text;
    if (text.startsWith("ns=") || text.startsWith("nsu=")) {
      int end = text.indexOf(';');
      if (end < 0) {
        throw bad(text, "the identifier after the namespace is missing", FORM);
      }
      namespace(text, text.substring(0, end));
      identifier = text.substring(end + 1);
    }
    if (identifier.length() < 2 || identifier.charAt(1) != '=') {
      Matcher noType = NO_TYPE.matcher(text);
      String hint =
          noType.matches()
              ? "Did you mean " + Texts.quote(noType.group(1) + ";s=" + noType.group(2)) + "?"
              : FORM;
      throw bad(text, "the identifier must begin with i=, s=, g= or b=", hint);
    }
    identifier(text, identifier.charAt(0), identifier.substring(2));
    return text;
  }

  private static void namespace(String text, String namespace) throws BadValueException {
    if (namespace.startsWith("nsu=")) {
      if (namespace.substring(4).isBlank()) {
        throw bad(text, "the namespace URI is empty", FORM);
      }
      return;
    }
    String index = namespace.substring(3);
    if (!NUMBER.matcher(index).matches() || Long.parseLong(index) > 65_535) {
      throw bad(
          text,
          "the namespace index must be a number from 0 to 65535",
          "For a namespace URI write nsu=URI;s=NAME.");
    }
  }

  private static void identifier(String text, char type, String value) throws BadValueException {
    switch (type) {
      case 'i' -> {
        if (!NUMBER.matcher(value).matches() || Long.parseLong(value) > 0xffff_ffffL) {
          throw bad(
              text,
              "after i= there must be a number from 0 to 4294967295",
              "For a text write s= instead of i=.");
        }
      }
      case 's' -> {
        if (value.isEmpty()) {
          throw bad(text, "the text after s= is empty", FORM);
        }
      }
      case 'g' -> {
        if (!UUID.matcher(value).matches()) {
          throw bad(
              text,
              "after g= there must be a GUID",
              "Write it like g=09087e75-8e5e-499b-954f-f2a9603db28a.");
        }
      }
      case 'b' -> base64(text, value);
      default -> throw bad(text, "the identifier must begin with i=, s=, g= or b=", FORM);
    }
  }

  private static void base64(String text, String value) throws BadValueException {
    try {
      if (Base64.getDecoder().decode(value).length > 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw bad(
        text,
        "after b= there must be bytes in Base64",
        "Write it like b=M/RbKBsRVkePCePcx24oRA==.");
  }

  private static BadValueException bad(String text, String why, String hint) {
    return new BadValueException(Texts.quote(text) + " is not an OPC UA node id: " + why, hint);
  }
}
