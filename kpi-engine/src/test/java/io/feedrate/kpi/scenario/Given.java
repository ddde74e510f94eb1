package io.feedrate.kpi.scenario;

import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.Signal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The plant of a scenario, and the time that is looked at.
 *
 * @param day of all clock texts without a date
 * @param fromNs begin of the observed time
 * @param toNs its end
 * @param registers in the order in which they come into force; the first is so from the beginning
 */
record Given(LocalDate day, long fromNs, long toNs, List<InForce> registers) {

  /** A register and since when it is in force. */
  record InForce(long fromNs, Register register) {}

  private static final List<String> OWN = List.of("day", "observe");
  private static final Pattern CHANGE = Pattern.compile("register from (" + Times.TIME + ")");
  private static final Pattern INTERVAL =
      Pattern.compile("(" + Times.TIME + ") to (" + Times.TIME + ")");

  static Given read(Block block) {
    LocalDate day = Times.DAY;
    Block named = block.optional("day");
    if (named != null) {
      day = Times.day(named.text());
    }
    long[] observed = interval(block.required("observe").text(), day);
    Map<String, Block> known = new LinkedHashMap<>();
    List<InForce> registers = new ArrayList<>();
    List<Block.Entry> changes = new ArrayList<>();
    for (Block.Entry entry : block.entries()) {
      if (CHANGE.matcher(entry.key().words()).matches()) {
        changes.add(entry);
      } else if (!OWN.contains(entry.key().words())) {
        known.put(RegisterReader.key(entry.key()), entry.value());
      }
    }
    registers.add(new InForce(Long.MIN_VALUE, RegisterReader.read(known, 0, block.place())));
    for (Block.Entry change : changes) {
      change.value().entries().forEach(e -> known.put(RegisterReader.key(e.key()), e.value()));
      Matcher m = CHANGE.matcher(change.key().words());
      long fromNs = m.matches() ? Times.timeNs(change.key().of(m.group(1)), day) : 0;
      registers.add(
          new InForce(fromNs, RegisterReader.read(known, registers.size(), change.key())));
    }
    Register first = registers.get(0).register();
    if (observed[0] % first.signalWindowNs() != 0 || observed[1] % first.signalWindowNs() != 0) {
      throw block
          .required("observe")
          .text()
          .fault("the observed time must begin and end with a window");
    }
    return new Given(day, observed[0], observed[1], List.copyOf(registers));
  }

  /** Begin and end of a text of the form "10:00:00 to 10:00:10". */
  static long[] interval(Text text, LocalDate day) {
    Matcher m = INTERVAL.matcher(text.words());
    if (!m.matches()) {
      throw text.fault(
          "'%s' is not an interval such as 10:00:00 to 10:00:10".formatted(text.words()));
    }
    long[] ns = {Times.timeNs(text.of(m.group(1)), day), Times.timeNs(text.of(m.group(2)), day)};
    if (ns[0] >= ns[1]) {
      throw text.fault("'%s' ends before it begins".formatted(text.words()));
    }
    return ns;
  }

  private List<String> all(Function<Register, Stream<String>> of) {
    return registers.stream().flatMap(r -> of.apply(r.register())).distinct().toList();
  }

  /** Sources of all registers. */
  List<String> sources() {
    return all(r -> r.links().stream());
  }

  /** Signals of all registers, as scenarios call them. */
  List<String> signals() {
    return all(r -> r.signals().stream().map(s -> RegisterReader.shortName(s.path())));
  }

  /** Assets of all registers, as scenarios call them. */
  List<String> assets() {
    return all(r -> r.assets().stream().map(a -> RegisterReader.shortName(a.path())));
  }

  /** Inference nodes of all registers, as scenarios call them. */
  List<String> nodes() {
    return all(
        r ->
            r.assets().stream()
                .filter(a -> a.kind() == Asset.Kind.NODE)
                .map(a -> RegisterReader.shortName(a.path())));
  }

  /** Lengths of the slots of a signal, by its path; more than one if its period changes. */
  TreeSet<Long> periodsNs(String path) {
    TreeSet<Long> periods = new TreeSet<>();
    for (InForce each : registers) {
      each.register().signals().stream()
          .filter(s -> s.path().equals(path))
          .map(Signal::periodNs)
          .forEach(periods::add);
    }
    return periods;
  }

  /** The longest that any register waits for late data. */
  long latenessNs() {
    return registers.stream().mapToLong(r -> r.register().latenessNs()).max().orElse(0);
  }
}
