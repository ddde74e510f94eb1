package io.feedrate.kpi.scenario;

import java.util.Collection;
import java.util.TreeSet;

/**
 * Words of a scenario file that know where they stand.
 *
 * @param words with runs of spaces made one
 */
record Text(String file, int line, String words) {

  Text {
    words = words.strip().replaceAll("\\s+", " ");
  }

  /** The same place with other words. */
  Text of(String others) {
    return new Text(file, line, others);
  }

  Fault fault(String what) {
    return new Fault(file, line, what, null);
  }

  Fault fault(String what, Throwable cause) {
    return new Fault(file, line, what, cause);
  }

  /** These words as a number of things. */
  long count() {
    if (!words.matches("\\d{1,15}")) {
      throw fault("'" + words + "' is not a number of things");
    }
    return Long.parseLong(words);
  }

  /** These words as they stand in {@code known}; a fault that lists what there is otherwise. */
  String oneOf(Collection<String> known, String kind) {
    if (!known.contains(words)) {
      throw fault(
          "there is no %s '%s'; there is %s"
              .formatted(kind, words, String.join(", ", new TreeSet<>(known))));
    }
    return words;
  }

  /** The constant of this name; case does not matter, and spaces or hyphens may separate words. */
  <E extends Enum<E>> E constant(Class<E> of, String kind) {
    for (E each : of.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(words.replace(' ', '_').replace('-', '_'))) {
        return each;
      }
    }
    Collection<String> known = new TreeSet<>();
    for (E each : of.getEnumConstants()) {
      known.add(each.name());
    }
    throw fault(
        "there is no %s '%s'; there is %s".formatted(kind, words, String.join(", ", known)));
  }
}
