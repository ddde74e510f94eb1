package io.feedrate.collector.sink.influx;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.WriteApiBlocking;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import io.feedrate.collector.config.GatewayConfig.InfluxConfig;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;

/** The client library, and what its errors mean. Thread: one, {@link #close()} any. */
final class InfluxWriter implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final InfluxConfig config;
  private final InfluxDBClient client;
  private final WriteApiBlocking api;

  InfluxWriter(InfluxConfig config) {
    this.config = config;
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(TIMEOUT)
            .readTimeout(TIMEOUT)
            .writeTimeout(TIMEOUT)
            .callTimeout(TIMEOUT.multipliedBy(2));
    client =
        InfluxDBClientFactory.create(
            InfluxDBClientOptions.builder()
                .url(config.url().toString())
                .authenticateToken(config.token().toCharArray())
                .org(config.org())
                .bucket(config.bucket())
                .okHttpClient(http)
                .build());
    client.enableGzip();
    api = client.getWriteApiBlocking();
  }

  /** Sends these lines as one request. Never throws for what a server or a network can do. */
  Response write(String lines) {
    try {
      api.writeRecord(config.bucket(), config.org(), WritePrecision.NS, lines);
      return new Response.Accepted();
    } catch (InfluxException e) {
      return responseTo(e);
    }
  }

  private static Response responseTo(InfluxException e) {
    String reason = reason(e);
    return switch (e.status()) {
      // 413: the body is too large; halving it helps as it helps to find a bad line.
      case 400, 413, 422 -> new Response.Refused(reason);
      case 401, 403, 404 -> new Response.Later(reason, Duration.ZERO, true);
      default -> new Response.Later(reason, retryAfter(e), false);
    };
  }

  private static String reason(InfluxException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = text.replaceAll("\\s+", " ").strip();
    line = line.length() > 300 ? line.substring(0, 300) + "…" : line;
    return e.status() == 0 ? line : "HTTP " + e.status() + ": " + line;
  }

  private static Duration retryAfter(InfluxException e) {
    for (Map.Entry<String, String> header : e.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase("Retry-After")
          && header.getValue().matches("\\d{1,5}")) {
        return Duration.ofSeconds(Long.parseLong(header.getValue()));
      }
    }
    return Duration.ZERO; // a date is not worth parsing: our own wait applies
  }

  @Override
  public void close() {
    client.close();
  }
}
