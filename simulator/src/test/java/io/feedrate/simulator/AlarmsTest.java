package io.feedrate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.kpi.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final List<String> MACHINES = List.of("cnc-01", "cnc-02");

  private static List<Alarms.Event> run(boolean floods, long minutes) {
    Alarms alarms = new Alarms(MACHINES, 7, floods, 0);
    List<Alarms.Event> events = new ArrayList<>();
    for (long ms = 0; ms < minutes * 60_000; ms += 100) {
      events.addAll(alarms.tick(ms));
    }
    return events;
  }

  private static long most(List<Alarms.Event> events, long inMs) {
    List<Long> raised =
        events.stream()
            .filter(e -> e.kind() == EventKind.ALARM_RAISED)
            .map(Alarms.Event::atMs)
            .toList();
    return raised.stream()
        .mapToLong(from -> raised.stream().filter(ms -> ms >= from && ms < from + inMs).count())
        .max()
        .orElse(0);
  }

  @Test
  void alarmsAreRaisedAcknowledgedByMostAndCleared() {
    List<Alarms.Event> events = run(false, 60);
    Set<String> active = new HashSet<>();
    long acknowledged = 0;
    long raised = 0;
    for (Alarms.Event e : events) {
      switch (e.kind()) {
        case ALARM_RAISED -> {
          raised++;
          active.add(e.id());
        }
        case ALARM_ACKNOWLEDGED -> {
          acknowledged++;
          assertThat(active).contains(e.id());
          assertThat(e.operator()).startsWith("op-");
        }
        default -> active.remove(e.id());
      }
    }
    assertThat(raised).isBetween(150L, 600L);
    assertThat(acknowledged).isBetween(raised * 7 / 10, raised - 1);
    assertThat(most(events, 600_000)).isLessThan(100);
  }

  @Test
  void aLineWithTroubleHasFloodsSoonAndSomethingThatChatters() {
    List<Alarms.Event> events = run(true, 1);

    assertThat(most(events, 30_000)).isGreaterThan(10).isGreaterThan(most(run(false, 1), 30_000));
    long chattering =
        events.stream()
            .filter(e -> e.kind() == EventKind.ALARM_RAISED && e.id().endsWith("-A18"))
            .count();
    assertThat(chattering).isEqualTo(4);
  }

  @Test
  void aLineWithoutMachinesHasNone() {
    assertThat(new Alarms(List.of(), 7, true, 0).tick(1_000_000)).isEmpty();
  }
}
