package io.feedrate.collector.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not answered, thrown by handlers and written as {@code
 * application/problem+json} (RFC 9457).
 */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final @Nullable String parameter;

  Problem(int status, String title, String detail, @Nullable String parameter) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.parameter = parameter;
  }

  /** A parameter that cannot be used: what is wrong with it, and what would be right. */
  static Problem badParameter(String parameter, String detail) {
    return new Problem(400, "Bad parameter", parameter + ": " + detail, parameter);
  }

  static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, null);
  }

  static Problem unavailable(String detail) {
    return new Problem(503, "Not available now", detail, null);
  }

  int status() {
    return status;
  }

  String json(String path) {
    return Json.write(
        new Body("about:blank", title, status, String.valueOf(getMessage()), path, parameter));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(
      String type,
      String title,
      int status,
      String detail,
      String instance,
      @Nullable String parameter) {}
}
