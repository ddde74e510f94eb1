package io.feedrate.collector.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.feedrate.collector.exclusions.HeldExclusion;
import io.feedrate.collector.journal.ExclusionKind;
import io.feedrate.collector.journal.ExclusionRecord;
import io.feedrate.collector.store.ExclusionRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Exclusions as people and programs read them on the command line. */
final class ExclusionText {
  private ExclusionText() {}

  static void print(PrintWriter out, HeldExclusion e) {
    ExclusionRecord said = e.said();
    out.printf("%s  %s%n", e.id(), said.subject());
    out.printf("  %s to %s, %s%n", time(said.fromNs()), time(said.toNs()), said.reason());
    if (said.kind() == ExclusionKind.OBSERVED) {
      out.println("  said by the machine itself");
    } else {
      out.printf(
          "  approved by %s; %s%s; entered %s by %s%n",
          said.approver(),
          said.source().word(),
          said.reference().isEmpty() ? "" : " " + said.reference(),
          time(said.enteredNs()),
          said.enteredBy().isEmpty() ? "an unknown person" : said.enteredBy());
    }
    String flag = late(e);
    if (!flag.isEmpty()) {
      out.println("  " + flag);
    }
    if (e.isWaiting()) {
      out.println("  not in the journal yet: it counts some seconds after the collector runs");
    }
    e.withdrawal().ifPresent(w -> out.println("  " + withdrawn(e, w)));
  }

  /** What a late entry is flagged with, or "". */
  static String late(HeldExclusion e) {
    return switch (e.late()) {
      case NO -> "";
      case AFTER_START -> "LATE: entered after it began" + journaled(e);
      case AFTER_END -> "LATE: entered after it ended" + journaled(e);
    };
  }

  private static String journaled(HeldExclusion e) {
    return e.isWaiting() ? "" : ", in the journal since " + time(e.row().journaledNs());
  }

  private static String withdrawn(HeldExclusion e, ExclusionRow w) {
    String what =
        e.heldUntilNs() == e.said().fromNs()
            ? "withdrawn before it began"
            : w.journaledNs() == HeldExclusion.NOT_YET
                ? "withdrawal waits for the collector"
                : "withdrawn, so it held until " + time(e.heldUntilNs());
    return "%s: %s, says %s".formatted(what, w.said().reason(), w.said().approver());
  }

  private static String time(long ns) {
    return Instant.ofEpochSecond(Math.floorDiv(ns, 1_000_000_000L)).toString();
  }

  static ArrayNode json(List<HeldExclusion> all) {
    ArrayNode out = new ObjectMapper().createArrayNode();
    for (HeldExclusion e : all) {
      ExclusionRecord said = e.said();
      ObjectNode one = out.addObject();
      one.put("id", e.id());
      one.put("kind", said.kind().name().toLowerCase(Locale.ROOT));
      one.put("subject", said.subject());
      one.put("from", time(said.fromNs()));
      one.put("to", time(said.toNs()));
      one.put("held_until", time(e.heldUntilNs()));
      one.put("reason", said.reason());
      one.put("approver", said.approver());
      one.put("source", said.source().word());
      one.put("reference", said.reference());
      one.put("entered_by", said.enteredBy());
      one.put("entered", time(said.enteredNs()));
      one.put("journaled", e.isWaiting() ? null : time(e.row().journaledNs()));
      one.put("late", e.late().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      e.withdrawal()
          .ifPresent(
              w -> {
                ObjectNode taken = one.putObject("withdrawn");
                taken.put("reason", w.said().reason());
                taken.put("approver", w.said().approver());
                taken.put("entered_by", w.said().enteredBy());
                taken.put("entered", time(w.said().enteredNs()));
              });
    }
    return out;
  }
}
