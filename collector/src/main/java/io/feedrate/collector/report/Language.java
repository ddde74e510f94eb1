package io.feedrate.collector.report;

import java.util.Locale;

/** The languages that reports are written in. */
public enum Language {
  EN,
  ZH,
  DE;

  /** As in {@code lang} attributes and profiles: en, zh, de. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
