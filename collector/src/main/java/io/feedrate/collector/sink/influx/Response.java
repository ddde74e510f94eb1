package io.feedrate.collector.sink.influx;

import java.time.Duration;

/** What became of one request. */
sealed interface Response {

  /** The server has every line. */
  record Accepted() implements Response {}

  /** The server will not take this request however often it is made: some of its lines are bad. */
  record Refused(String reason) implements Response {}

  /**
   * It may work later.
   *
   * @param after how long the server asks us to wait at least
   * @param attention whether a person must mend something first
   */
  record Later(String reason, Duration after, boolean attention) implements Response {}
}
