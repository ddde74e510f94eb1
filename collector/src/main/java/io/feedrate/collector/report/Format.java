package io.feedrate.collector.report;

import io.feedrate.kpi.Figure;
import io.feedrate.kpi.Kpi;
import io.feedrate.kpi.maturity.Interval;
import io.feedrate.kpi.maturity.LevelRange;
import io.feedrate.kpi.maturity.Profile;
import io.feedrate.kpi.maturity.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Numbers, quantities and times as people write them in one language: 98.7 %, 98,7 %, 98.7%.
 * Between a number and its unit stands a blank at which no line breaks.
 */
final class Format {

  /** What is written where there is nothing to write. */
  static final String NOTHING = "–";

  private static final String BLANK = "\u00a0";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final int GROUP = 3;

  /** Numbers of four digits are not grouped. */
  private static final int UNGROUPED = 4;

  private static final Map<String, String> UNITS =
      Map.of(
          "%",
          "unit.percent",
          "s",
          "unit.s",
          "ms",
          "unit.ms",
          "µs",
          "unit.us",
          "min",
          "unit.min",
          "h",
          "unit.h",
          "d",
          "unit.d");

  private final Words words;
  private final ZoneId zone;

  Format(Words words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
  }

  /** A whole number, thousands apart where it has five digits or more. */
  String integer(long value) {
    return localised(Long.toString(value));
  }

  String number(double value, int decimals, RoundingMode rounding) {
    if (!Double.isFinite(value)) {
      return NOTHING;
    }
    return localised(BigDecimal.valueOf(value).setScale(decimals, rounding).toPlainString());
  }

  String number(double value, int decimals) {
    return number(value, decimals, RoundingMode.HALF_EVEN);
  }

  /** A share of 1 as whole per cent, for coverage. */
  String share(double share) {
    return Double.isFinite(share) ? spoken(number(share * 100, 0) + " %") : NOTHING;
  }

  /** A value in the unit of a KPI or signal. */
  String quantity(double value, String unit) {
    return spoken(Quantities.text(value, unit));
  }

  /** A figure's value, or what is known of it. */
  String figure(Figure figure, String unit) {
    boolean onlyBounds =
        Double.isNaN(figure.value())
            && Double.isFinite(figure.lower())
            && Double.isFinite(figure.upper());
    return onlyBounds ? bounds(figure, unit) : spoken(Quantities.text(figure, unit));
  }

  /** Both bounds, or "" where they say no more than the value. */
  String bounds(Figure figure, String unit) {
    String english = Quantities.bounds(figure, unit);
    if (!english.contains(" to ")) {
      return english.isEmpty() ? "" : spoken(english);
    }
    return range(quantity(figure.lower(), unit), quantity(figure.upper(), unit));
  }

  /** The unit once, where it is one and the same. */
  private String range(String lower, String upper) {
    String percent = words.message("unit.percent");
    String tail = words.language() == Language.ZH ? percent : BLANK + percent;
    boolean same = lower.endsWith(tail) && upper.endsWith(tail);
    if (lower.equals(upper)) {
      return ""; // the digits shown tell no difference
    }
    return (same ? lower.substring(0, lower.length() - tail.length()) : lower) + " – " + upper;
  }

  /** From an English text such as "≥ 1.5 per 10 min". */
  private String spoken(String english) {
    if (english.equals("-")) {
      return NOTHING;
    }
    String text = english;
    String rate = "";
    int per = text.indexOf(" per ");
    if (per >= 0) {
      rate = BLANK + words.message("unit." + text.substring(per + 1).replace(' ', '-'));
      text = text.substring(0, per);
    }
    StringJoiner joined = new StringJoiner(BLANK);
    for (String part : text.split(" ", -1)) {
      String unit = UNITS.get(part);
      joined.add(unit == null ? localised(part) : words.message(unit));
    }
    String all = joined + rate;
    return words.language() == Language.ZH ? all.replace(BLANK + "%", "%") : all;
  }

  private String localised(String part) {
    if (!NUMBER.matcher(part).matches()) {
      return part;
    }
    boolean german = words.language() == Language.DE;
    int point = part.indexOf('.');
    String whole = point < 0 ? part : part.substring(0, point);
    String fraction = point < 0 ? "" : (german ? "," : ".") + part.substring(point + 1);
    String sign = whole.startsWith("-") ? "−" : "";
    return sign + grouped(whole.substring(sign.length()), german ? "." : ",") + fraction;
  }

  private static String grouped(String digits, String separator) {
    if (digits.length() <= UNGROUPED) {
      return digits;
    }
    StringBuilder out = new StringBuilder(digits);
    for (int i = digits.length() - GROUP; i > 0; i -= GROUP) {
      out.insert(i, separator);
    }
    return out.toString();
  }

  /** A score, rounded outwards so that it never promises more than is known. */
  String score(Interval score) {
    if (!score.isDefined()) {
      return words.say(Phrase.NOT_APPLICABLE);
    }
    return score.isPoint()
        ? number(score.lower(), 2)
        : number(score.lower(), 2, RoundingMode.FLOOR)
            + " – "
            + number(score.upper(), 2, RoundingMode.CEILING);
  }

  /** "3 Integrated" where the evidence says one level, else "2 – 4". */
  String level(Profile profile, LevelRange level) {
    if (!level.isDefined()) {
      return NOTHING;
    } else if (!level.isSingle()) {
      return level.lowest() + " – " + level.highest();
    }
    return level.lowest() == 0
        ? words.say(Phrase.BELOW_LEVEL_1)
        : level.lowest()
            + BLANK
            + profile.levels().get(level.lowest() - 1).name().in(words.language().tag());
  }

  /** The unit of a KPI's figure as a word. */
  String unit(Kpi kpi) {
    return words.message("unit-name." + kpi.unit().replace("/", "per-"));
  }

  /** A time to the second; without seconds where there are none. */
  String time(long epochNs) {
    ZonedDateTime at = at(epochNs);
    return date(at) + BLANK + clock(at, at.getSecond() != 0);
  }

  /** From when to when. */
  String period(long fromNs, long toNs) {
    boolean sameDay = at(fromNs).toLocalDate().equals(at(toNs).toLocalDate());
    ZonedDateTime end = at(toNs);
    return time(fromNs) + " – " + (sameDay ? clock(end, end.getSecond() != 0) : time(toNs));
  }

  /** A tick of a time axis. */
  String tick(long epochNs, long stepNs) {
    ZonedDateTime at = at(epochNs);
    if (stepNs >= TimeUnit.DAYS.toNanos(1)) {
      return day(at);
    }
    return clock(at, stepNs < TimeUnit.MINUTES.toNanos(1));
  }

  /** The zone that times are told in. */
  String zone() {
    return zone.getId();
  }

  /** A duration in its largest units. */
  String duration(long ns) {
    return quantity(ns / 1e9, "s");
  }

  private ZonedDateTime at(long epochNs) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return Instant.ofEpochSecond(Math.floorDiv(epochNs, second)).atZone(zone);
  }

  private static String clock(ZonedDateTime at, boolean seconds) {
    String clock = two(at.getHour()) + ":" + two(at.getMinute());
    return seconds ? clock + ":" + two(at.getSecond()) : clock;
  }

  private String date(ZonedDateTime at) {
    return switch (words.language()) {
      case EN -> at.getDayOfMonth() + " " + month(at) + " " + at.getYear();
      case DE -> two(at.getDayOfMonth()) + "." + two(at.getMonthValue()) + "." + at.getYear();
      case ZH -> at.getYear() + "年" + day(at);
    };
  }

  private String day(ZonedDateTime at) {
    return switch (words.language()) {
      case EN -> at.getDayOfMonth() + " " + month(at);
      case DE -> two(at.getDayOfMonth()) + "." + two(at.getMonthValue()) + ".";
      case ZH -> at.getMonthValue() + "月" + at.getDayOfMonth() + "日";
    };
  }

  private static String month(ZonedDateTime at) {
    return List.of(
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        .get(at.getMonthValue() - 1);
  }

  private static String two(int value) {
    return (value < 10 ? "0" : "") + value;
  }
}
