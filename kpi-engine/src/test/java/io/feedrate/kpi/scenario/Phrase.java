package io.feedrate.kpi.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with blanks such as "{source} connects". The name of a blank says what may stand there
 * (see {@link Said}); a blank of a name that is no kind takes any word.
 */
final class Phrase {
  private static final Pattern BLANK = Pattern.compile("\\{(\\w+)}");

  private final String form;
  private final Pattern pattern;

  Phrase(String form) {
    this.form = form;
    StringBuilder regex = new StringBuilder();
    Matcher m = BLANK.matcher(form);
    int done = 0;
    while (m.find()) {
      regex.append(Pattern.quote(form.substring(done, m.start())));
      String word = m.group(1).startsWith("time") ? Times.TIME : "[^\\s,]+";
      regex.append("(?<").append(m.group(1)).append(">").append(word).append(")");
      done = m.end();
    }
    pattern = Pattern.compile(regex + Pattern.quote(form.substring(done)));
  }

  /** What stands in the blanks, by their names; null if the words are not of this form. */
  @Nullable Map<String, Text> match(Text text) {
    Matcher m = pattern.matcher(text.words());
    if (!m.matches()) {
      return null;
    }
    Map<String, Text> blanks = new LinkedHashMap<>();
    Matcher names = BLANK.matcher(form);
    while (names.find()) {
      blanks.put(names.group(1), text.of(m.group(names.group(1))));
    }
    return blanks;
  }

  @Override
  public String toString() {
    return form;
  }
}
