package io.feedrate.simulator;

import io.feedrate.kpi.Role;
import io.feedrate.kpi.SignalMode;
import java.time.Duration;

/**
 * One signal of a simulated asset.
 *
 * @param name as in the gateway configuration and, for nodes, in the payload
 * @param address identifier of the OPC UA node in {@link #NAMESPACE}, or the payload key
 * @param unit UCUM
 * @param type what the values are
 * @param mode periodic signals are written in every {@code write}, others when they change
 * @param write how often a periodic signal is written, or an on-change one looked at
 * @param period required period: the length of its slots
 * @param min lowest valid value
 * @param max highest valid value
 * @param role what it means to KPIs
 * @param semanticId what it is in a companion specification, or ""
 */
public record SignalSpec(
    String name,
    String address,
    String unit,
    ValueType type,
    SignalMode mode,
    Duration write,
    Duration period,
    double min,
    double max,
    Role role,
    String semanticId) {

  /** Namespace of every machine's nodes. */
  public static final String NAMESPACE = "urn:feedrate:simulator:cnc";

  /** Kinds of values. */
  public enum ValueType {
    NUMBER,
    INTEGER,
    TEXT
  }

  static SignalSpec periodic(
      String name, String address, String unit, int writeMs, int periodMs, double min, double max) {
    return new SignalSpec(
        name,
        address,
        unit,
        ValueType.NUMBER,
        SignalMode.PERIODIC,
        Duration.ofMillis(writeMs),
        Duration.ofMillis(periodMs),
        min,
        max,
        Role.NONE,
        "");
  }

  static SignalSpec onChange(
      String name, String address, String unit, ValueType type, double min, double max) {
    return new SignalSpec(
        name,
        address,
        unit,
        type,
        SignalMode.ON_CHANGE,
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        min,
        max,
        Role.NONE,
        "");
  }

  /** The same with a meaning. */
  SignalSpec meaning(Role itsRole, String itsSemanticId) {
    return new SignalSpec(
        name, address, unit, type, mode, write, period, min, max, itsRole, itsSemanticId);
  }

  boolean isPeriodic() {
    return mode == SignalMode.PERIODIC;
  }
}
