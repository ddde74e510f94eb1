package io.feedrate.collector.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Calendar.Downtime;
import io.feedrate.kpi.Calendar.Shift;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Rules;
import io.feedrate.kpi.TimeElements;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The part of a register's canonical text that holds for all assets and signals. */
final class RulesJson {
  private RulesJson() {}

  static void write(StringBuilder out, Rules rules) {
    out.append("{\"windowNs\":").append(rules.windowNs());
    out.append(",\"signalWindowNs\":").append(rules.signalWindowNs());
    out.append(",\"latenessNs\":").append(rules.latenessNs());
    RegisterJson.array(
        out,
        "linkLatenessNs",
        List.copyOf(rules.linkLatenessNs().entrySet()),
        e ->
            out.append('[')
                .append(RegisterJson.text(e.getKey()))
                .append(',')
                .append(e.getValue())
                .append(']'));
    out.append(",\"revisableNs\":").append(rules.revisableNs());
    out.append(",\"modelUpdateDeadlineNs\":").append(rules.modelUpdateDeadlineNs());
    out.append(",\"soakNs\":").append(rules.soakNs());
    out.append(",\"clockLimitNs\":").append(rules.clockLimitNs());
    calendar(out, rules.calendar());
    timeElements(out, rules.timeElements());
    RegisterJson.array(out, "qualifications", rules.qualifications(), q -> qualification(out, q));
    out.append('}');
  }

  private static void calendar(StringBuilder out, Calendar calendar) {
    out.append(",\"zone\":").append(RegisterJson.text(calendar.zone()));
    RegisterJson.array(
        out,
        "shifts",
        calendar.shifts(),
        s -> {
          out.append("{\"name\":").append(RegisterJson.text(s.name()));
          wallClock(out, s.days(), s.from(), s.to());
          out.append('}');
        });
    RegisterJson.array(
        out,
        "downtimes",
        calendar.downtimes(),
        d -> {
          out.append("{\"subject\":").append(RegisterJson.text(d.subject()));
          wallClock(out, d.days(), d.from(), d.to());
          out.append(",\"reason\":").append(RegisterJson.text(d.reason())).append('}');
        });
  }

  private static void wallClock(
      StringBuilder out, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
    RegisterJson.array(
        out,
        "days",
        List.copyOf(new TreeSet<>(days)),
        day -> out.append(RegisterJson.text(day.name())));
    out.append(",\"from\":").append(RegisterJson.text(from.toString()));
    out.append(",\"to\":").append(RegisterJson.text(to.toString()));
  }

  private static void timeElements(StringBuilder out, TimeElements table) {
    out.append(",\"timeElements\":{\"name\":").append(RegisterJson.text(table.name()));
    RegisterJson.array(
        out,
        "rows",
        table.rows(),
        r ->
            out.append('[')
                .append(r.itemState())
                .append(',')
                .append(r.operationMode())
                .append(',')
                .append(RegisterJson.text(r.element().name()))
                .append(']'));
    out.append('}');
  }

  private static void qualification(StringBuilder out, Qualification q) {
    out.append("{\"person\":").append(RegisterJson.text(q.person()));
    out.append(",\"subject\":").append(RegisterJson.text(q.subject()));
    out.append(",\"fromNs\":").append(q.fromNs());
    out.append(",\"toNs\":").append(q.toNs()).append('}');
  }

  static Rules read(JsonNode json) {
    Map<String, Long> linkLateness = new TreeMap<>();
    json.path("linkLatenessNs")
        .forEach(e -> linkLateness.put(e.get(0).asText(), e.get(1).asLong()));
    JsonNode table = json.path("timeElements");
    return new Rules(
        json.path("windowNs").asLong(),
        json.path("signalWindowNs").asLong(),
        json.path("latenessNs").asLong(),
        linkLateness,
        json.path("revisableNs").asLong(),
        json.path("modelUpdateDeadlineNs").asLong(),
        json.path("soakNs").asLong(),
        json.path("clockLimitNs").asLong(),
        new Calendar(
            json.path("zone").asText(),
            list(json.path("shifts"), RulesJson::shift),
            list(json.path("downtimes"), RulesJson::downtime)),
        new TimeElements(table.path("name").asText(), list(table.path("rows"), RulesJson::row)),
        list(json.path("qualifications"), RulesJson::qualification));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> items = new ArrayList<>();
    array.forEach(item -> items.add(read.apply(item)));
    return items;
  }

  private static Shift shift(JsonNode json) {
    return new Shift(json.path("name").asText(), days(json), from(json), to(json));
  }

  private static Downtime downtime(JsonNode json) {
    return new Downtime(
        json.path("subject").asText(),
        days(json),
        from(json),
        to(json),
        json.path("reason").asText());
  }

  private static Set<DayOfWeek> days(JsonNode json) {
    return Set.copyOf(list(json.path("days"), day -> DayOfWeek.valueOf(day.asText())));
  }

  private static LocalTime from(JsonNode json) {
    return LocalTime.parse(json.path("from").asText());
  }

  private static LocalTime to(JsonNode json) {
    return LocalTime.parse(json.path("to").asText());
  }

  private static TimeElements.Row row(JsonNode json) {
    return new TimeElements.Row(
        json.get(0).asInt(),
        json.get(1).asInt(),
        TimeElements.Element.valueOf(json.get(2).asText()));
  }

  private static Qualification qualification(JsonNode json) {
    return new Qualification(
        json.path("person").asText(),
        json.path("subject").asText(),
        json.path("fromNs").asLong(),
        json.path("toNs").asLong());
  }
}
