package io.feedrate.collector.report;

import io.feedrate.kpi.Outcome;
import io.feedrate.kpi.maturity.Degree;

/** Colours of reports: those of the page, which people who see few colours tell apart. */
final class Colours {

  static final String TEXT = "#16202b";
  static final String MUTED = "#5a6878";
  static final String LINE = "#dfe4ea";
  static final String GRID = "#eef1f4";
  static final String ACCENT = "#0f766e";
  static final String ACCENT_SOFT = "#cfe6e3";
  static final String THRESHOLD = "#8f5200";

  private Colours() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case GOOD -> "#2f9e7d";
      case GOOD_LATE -> "#56b4e9";
      case UNCERTAIN -> "#f0d43a";
      case BAD -> "#d55e00";
      case INVALID -> "#cc79a7";
      case LOST_OVERFLOW -> "#e69f00";
      case LOST_TRANSPORT -> "#8c5a2b";
      case DISCONNECTED -> "#474f5c";
      case SILENT -> "#0063a8";
      case AMBIGUOUS -> "#b9a7d6";
      case EXCLUDED -> "#d6dbe2";
    };
  }

  static String of(Degree degree) {
    return switch (degree) {
      case FULLY -> "#0b7a4b";
      case MOSTLY -> "#56a3a6";
      case PARTLY -> "#c98a00";
      case NOT -> "#b42318";
    };
  }
}
