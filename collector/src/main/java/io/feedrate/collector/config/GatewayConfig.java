package io.feedrate.collector.config;

import io.feedrate.collector.journal.ExclusionSource;
import io.feedrate.kpi.Asset;
import io.feedrate.kpi.Calendar;
import io.feedrate.kpi.Qualification;
import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import io.feedrate.kpi.TimeElements;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checked configuration, templates expanded, paths made absolute, secrets resolved.
 *
 * @param file where it was read from
 * @param id name of this gateway
 * @param data data directory
 * @param http where the page, the API and the metrics listen, and who gets in
 * @param site path that every asset path begins with
 * @param calendar days, shifts and planned downtimes of the site, with full paths
 * @param timeElements which time of a machine its states are
 * @param qualifications who may do what, with full paths
 * @param profile the maturity profile: a name that ships with Feedrate, or a path
 */
public record GatewayConfig(
    Path file,
    String id,
    Path data,
    HttpConfig http,
    String site,
    KpiSettings kpi,
    JournalSettings journal,
    List<Source> sources,
    List<Broker> brokers,
    List<AssetConfig> assets,
    List<ExclusionConfig> exclusions,
    Calendar calendar,
    TimeElements timeElements,
    List<Qualification> qualifications,
    Optional<InfluxConfig> influx,
    String profile) {

  public GatewayConfig {
    sources = List.copyOf(sources);
    brokers = List.copyOf(brokers);
    assets = List.copyOf(assets);
    exclusions = List.copyOf(exclusions);
    qualifications = List.copyOf(qualifications);
  }

  /** The broker of this name; the check has made sure that it exists. */
  public Broker broker(String name) {
    return brokers.stream().filter(b -> b.name().equals(name)).findFirst().orElseThrow();
  }

  /** Host and port; port 0 takes a free one. */
  public record HttpAddress(String host, int port) {
    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");

    /** Whether only this machine can reach it, by what is written: no name is looked up. */
    public boolean isLoopback() {
      return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
  }

  /**
   * How page, API and metrics are served.
   *
   * @param listen where
   * @param tls the certificate; without one it is plain HTTP
   * @param access who may read
   */
  public record HttpConfig(HttpAddress listen, Optional<Tls> tls, Access access) {}

  /** Who may read without a login. What is written always needs one. */
  public enum Access {
    /** Nobody. */
    LOGIN,
    /** Everybody who reaches the port. */
    OPEN,
    /** Everybody while there are no users, nobody once there is one. */
    OPEN_WITHOUT_USERS
  }

  /** A certificate with its private key. */
  public sealed interface Tls permits PemTls, Pkcs12Tls {}

  /**
   * PEM files.
   *
   * @param certificate the server's, then those of who issued it
   * @param key PKCS#8, PKCS#1 or SEC 1, not encrypted
   */
  public record PemTls(Path certificate, Path key) implements Tls {}

  /** A PKCS#12 file; its password is never printed. */
  public record Pkcs12Tls(Path keystore, String password) implements Tls {
    @Override
    public String toString() {
      return "Pkcs12Tls[" + keystore + ", ***]";
    }
  }

  /**
   * How KPIs are computed.
   *
   * @param window length of the stored windows of assets
   * @param signalWindow length of the stored windows of signals, a multiple of it
   * @param lateness how long late data is waited for, where the source says nothing else
   * @param revisable for how long after it was closed a window is revised by what comes later,
   *     rounded up to whole windows
   * @param modelUpdateDeadline how soon after its approval a model version must serve
   * @param modelUpdateSoak how long it must then serve to have been a success
   * @param clockLimit how far a source's clock may be off to be conforming
   */
  public record KpiSettings(
      Duration window,
      Duration signalWindow,
      Duration lateness,
      Duration revisable,
      Duration modelUpdateDeadline,
      Duration modelUpdateSoak,
      Duration clockLimit) {}

  /**
   * How the journal is kept.
   *
   * @param sync how often it is made safe against a power loss
   * @param maxBytes how large it may grow before the oldest hours go
   * @param maxAge how long it is kept
   */
  public record JournalSettings(Duration sync, long maxBytes, Duration maxAge) {}

  /** Where data comes from: one connection with its own liveness. */
  public sealed interface Source permits OpcUaSource, MqttSource {
    String name();

    /** How long its late data is waited for, where it differs from that of all. */
    Optional<Duration> lateness();
  }

  /**
   * An OPC UA server.
   *
   * @param publishing requested publishing interval
   * @param securityPolicy short name, such as None or Basic256Sha256
   * @param securityMode None, Sign or SignAndEncrypt
   */
  public record OpcUaSource(
      String name,
      Optional<Duration> lateness,
      String endpoint,
      Duration publishing,
      String securityPolicy,
      String securityMode,
      Optional<Credentials> user)
      implements Source {}

  /** A node that publishes below one topic of a broker. */
  public record MqttSource(String name, Optional<Duration> lateness, String broker, String topic)
      implements Source {}

  /** An MQTT broker and the session that is kept on it. */
  public record Broker(
      String name,
      URI url,
      MqttVersion version,
      String clientId,
      Optional<Credentials> user,
      Duration keepAlive,
      Duration sessionExpiry) {}

  /** Protocol version. */
  public enum MqttVersion {
    V5,
    V3_1_1
  }

  /** A user name with its password, which is never printed. */
  public record Credentials(String username, String password) {
    @Override
    public String toString() {
      return "Credentials[" + username + ", ***]";
    }
  }

  /**
   * A machine or an inference node.
   *
   * @param line path of the line below the site
   * @param source name of its source, or ""
   * @param supplier or ""
   * @param idealCycle planned run time for a part, or zero where not told
   */
  public record AssetConfig(
      String name,
      String line,
      Asset.Kind kind,
      String source,
      String supplier,
      Duration idealCycle,
      List<SignalConfig> signals) {
    public AssetConfig {
      signals = List.copyOf(signals);
    }
  }

  /**
   * A signal with its requirement.
   *
   * @param address OPC UA node id, or key in the MQTT payload
   * @param sampling requested sampling interval (OPC UA)
   * @param owner who answers for it, or ""
   * @param semanticId what it is in a dictionary, or ""
   */
  public record SignalConfig(
      String name,
      String address,
      String unit,
      Duration period,
      Duration deadline,
      Duration sampling,
      SignalMode mode,
      double min,
      double max,
      boolean text,
      Role role,
      String owner,
      String semanticId) {}

  /**
   * An interval out of scope.
   *
   * @param subject full path of an asset or a signal
   * @param source what stands behind it
   * @param reference of an order, or UID of a calendar's event, or ""
   */
  public record ExclusionConfig(
      String subject,
      Instant from,
      Instant to,
      String reason,
      String approver,
      ExclusionSource source,
      String reference) {}

  /** Where results go as line protocol. */
  public record InfluxConfig(URI url, String org, String bucket, String token) {
    @Override
    public String toString() {
      return "InfluxConfig[" + url + ", " + org + ", " + bucket + ", ***]";
    }
  }
}
