package io.feedrate.collector.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.feedrate.kpi.ModelStage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON texts in columns. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<ModelStage, Long>> STAGES =
      new TypeReference<>() {};

  private Json() {}

  static String array(long[] values) {
    StringBuilder text = new StringBuilder(2 + 4 * values.length).append('[');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",").append(values[i]);
    }
    return text.append(']').toString();
  }

  /** Without a parser in between: there are millions of them. */
  static long[] array(String text) {
    int end = text.length() - 1;
    if (end < 1 || text.charAt(0) != '[' || text.charAt(end) != ']') {
      throw new StoreException("a stored array is damaged: " + text);
    }
    int n = end == 1 ? 0 : 1;
    for (int i = 1; i < end; i++) {
      n += text.charAt(i) == ',' ? 1 : 0;
    }
    long[] values = new long[n];
    int from = 1;
    try {
      for (int i = 0; i < n; i++) {
        int comma = text.indexOf(',', from);
        int to = comma < 0 ? end : comma;
        values[i] = Long.parseLong(text, from, to, 10);
        from = to + 1;
      }
    } catch (NumberFormatException e) {
      throw new StoreException("a stored array is damaged: " + text, e);
    }
    return values;
  }

  static String names(List<String> names) {
    return write(names);
  }

  static String stages(Map<ModelStage, Long> stages) {
    return write(stages);
  }

  static Map<ModelStage, Long> stages(String text) {
    return Collections.unmodifiableMap(read(text, STAGES));
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new StoreException("a stored JSON text is damaged: " + text, e);
    }
  }
}
