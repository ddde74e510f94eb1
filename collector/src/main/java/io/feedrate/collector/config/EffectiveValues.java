package io.feedrate.collector.config;

import io.feedrate.collector.config.GatewayConfig.AssetConfig;
import io.feedrate.collector.config.GatewayConfig.KpiSettings;
import io.feedrate.collector.config.GatewayConfig.SignalConfig;
import io.feedrate.collector.config.GatewayConfig.Source;
import io.feedrate.kpi.Calendar.Downtime;
import io.feedrate.kpi.Calendar.Shift;
import io.feedrate.kpi.Role;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a configuration comes to, defaults included, in lines for a person: what KPIs will be
 * computed by, and which of them will lack what they need.
 */
public final class EffectiveValues {

  private static final int DAYS_OF_A_RANGE = 3;

  private final GatewayConfig config;
  private final List<String> lines = new ArrayList<>();

  private EffectiveValues(GatewayConfig config) {
    this.config = config;
  }

  /** The lines. */
  public static List<String> of(GatewayConfig config) {
    EffectiveValues values = new EffectiveValues(config);
    values.rules();
    values.calendar();
    values.register();
    return values.lines;
  }

  private void line(String name, String format, Object... arguments) {
    lines.add(
        String.format(Locale.ROOT, "  %-16s", name)
            + String.format(Locale.ROOT, format, arguments));
  }

  private void rules() {
    KpiSettings kpi = config.kpi();
    line(
        "windows",
        "%s of assets, %s of signals",
        Durations.format(kpi.window()),
        Durations.format(kpi.signalWindow()));
    String others =
        config.sources().stream()
            .filter(source -> source.lateness().isPresent())
            .map(EffectiveValues::lateness)
            .collect(Collectors.joining());
    line(
        "late data",
        "waited for %s%s; revises windows for %s",
        Durations.format(kpi.lateness()),
        others,
        Durations.format(kpi.revisable()));
    line(
        "model updates",
        "due in %s, a success after %s",
        Durations.format(kpi.modelUpdateDeadline()),
        Durations.format(kpi.modelUpdateSoak()));
    line("clocks", "conforming within %s", Durations.format(kpi.clockLimit()));
  }

  private static String lateness(Source source) {
    return ", of " + source.name() + " " + source.lateness().map(Durations::format).orElseThrow();
  }

  private void calendar() {
    line("time zone", "%s", config.calendar().zone());
    for (Shift shift : config.calendar().shifts()) {
      line("shift", "%s %s", shift.name(), times(shift.days(), shift.from(), shift.to()));
    }
    for (Downtime down : config.calendar().downtimes()) {
      String times = times(down.days(), down.from(), down.to());
      line("downtime", "%s %s (%s)", down.subject(), times, down.reason());
    }
    int rows = config.timeElements().rows().size();
    line("time elements", "%s, %d rows", config.timeElements().name(), rows);
    line("qualifications", "%d", config.qualifications().size());
  }

  private static String times(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    String end = to.equals(LocalTime.MIDNIGHT) ? "24:00" : to.toString();
    return days(days.stream().sorted().toList()) + " " + from + "-" + end;
  }

  /** As "mon-fri" where they follow each other, else "mon wed". */
  private static String days(List<DayOfWeek> days) {
    DayOfWeek first = days.get(0);
    DayOfWeek last = days.get(days.size() - 1);
    int span = last.ordinal() - first.ordinal() + 1;
    if (span == days.size() && span >= DAYS_OF_A_RANGE) {
      return CalendarReader.name(first) + "-" + CalendarReader.name(last);
    }
    return days.stream().map(CalendarReader::name).collect(Collectors.joining(" "));
  }

  private void register() {
    long assets = config.assets().size();
    long cycles = config.assets().stream().filter(EffectiveValues::hasCycle).count();
    line("ideal cycle", "of %d of %d assets", cycles, assets);
    line("owner", "of %s", share(signal -> !signal.owner().isEmpty()));
    line("semantic id", "of %s", share(signal -> !signal.semanticId().isEmpty()));
    Map<Role, Integer> roles = new EnumMap<>(Role.class);
    for (AssetConfig asset : config.assets()) {
      asset.signals().forEach(signal -> roles.merge(signal.role(), 1, Integer::sum));
    }
    roles.remove(Role.NONE);
    String told =
        roles.entrySet().stream()
            .map(e -> e.getValue() + " " + SignalReader.name(e.getKey()))
            .collect(Collectors.joining(", "));
    line("roles", "%s", told.isEmpty() ? "none" : told);
  }

  private static boolean hasCycle(AssetConfig asset) {
    return !asset.idealCycle().isZero();
  }

  private String share(Predicate<SignalConfig> has) {
    long all = config.assets().stream().mapToLong(asset -> asset.signals().size()).sum();
    long some =
        config.assets().stream().flatMap(asset -> asset.signals().stream()).filter(has).count();
    return some + " of " + all + " signals";
  }
}
