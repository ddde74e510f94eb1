package io.feedrate.collector.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.collector.chain.ChainedFile;
import io.feedrate.collector.chain.ChainedFile.RawLine;
import io.feedrate.collector.journal.EntryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a file of entries against what the log has of it.
 *
 * <p><b>Thread</b>: its owner's.
 */
public final class EntryCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_FINDINGS = 20;
  private static final int SHOWN = 200;

  private EntryCheck() {}

  /**
   * Compares a file with the lines that the log has.
   *
   * @param logged lines of this kind, in the order of the log
   * @return what was found, in words; nothing where all is well. Lines that the log does not have
   *     yet are well at the end of the file only
   */
  public static List<String> compare(Path data, EntryKind kind, List<String> logged)
      throws IOException {
    List<RawLine> lines = ChainedFile.rawLines(data.resolve(kind.fileName()), 0);
    Map<String, Integer> numbers = new HashMap<>();
    List<String> findings = new ArrayList<>();
    String previous = ChainedFile.first();
    for (RawLine line : lines) {
      int number = numbers.size() + 1;
      numbers.put(line.digest(), number);
      if (!previous.equals(previousOf(line.text()))) {
        findings.add(
            "%s, line %d does not follow the line before it: one of the two was changed, or one"
                    .formatted(kind.fileName(), number)
                + " between them removed");
      }
      previous = line.digest();
    }
    compare(kind, lines, numbers, logged, findings);
    return findings.size() > MAX_FINDINGS ? findings.subList(0, MAX_FINDINGS) : findings;
  }

  private static void compare(
      EntryKind kind,
      List<RawLine> lines,
      Map<String, Integer> numbers,
      List<String> logged,
      List<String> findings) {
    Set<String> known = new HashSet<>();
    int last = 0;
    int count = 0;
    for (String line : logged) {
      count++;
      String digest = ChainedFile.digest(line);
      known.add(digest);
      Integer number = numbers.get(digest);
      if (number == null) {
        findings.add(
            "%s lacks what the log has as number %d of it: changed or removed since; it was %s"
                .formatted(
                    kind.fileName(), count, line.substring(0, Math.min(SHOWN, line.length()))));
      } else {
        last = Math.max(last, number);
      }
    }
    for (RawLine line : lines.subList(0, last)) {
      if (!known.contains(line.digest())) {
        findings.add(
            "%s, line %d is not in the log, and lines after it are: changed or put in since"
                .formatted(kind.fileName(), numbers.get(line.digest())));
      }
    }
  }

  /** The digest of the line before, as a line holds it; "" where it holds none. */
  static String previousOf(String line) {
    try {
      return JSON.readTree(line).path("previous").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /** What to do about a file that is not as it was. */
  public static String mend(EntryKind kind) {
    return "The log has every line: stop the collector, move the file away, and make it again with"
        + " sqlite3 results.db \"SELECT line FROM entry WHERE kind='%s' ORDER BY id\" > %s"
            .formatted(kind.name(), kind.fileName());
  }
}
