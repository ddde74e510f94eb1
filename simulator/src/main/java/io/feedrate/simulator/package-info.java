/**
 * A CNC line to try Feedrate on: OPC UA machines, an MQTT broker with inference nodes, a model
 * registry and operators, all seeded, with faults on demand; also the load generator.
 *
 * <p>{@link io.feedrate.simulator.SimulatedLine} is the one entrance; a {@link
 * io.feedrate.simulator.LinePlan} says how large it is. {@link io.feedrate.simulator.LineConfig}
 * writes the gateway configuration that fits a running line. A {@link io.feedrate.simulator.Fault}
 * is in force when {@code inject} returns, and its {@link io.feedrate.simulator.ActiveFault} counts
 * what it did, so that a test can compare a KPI with the truth.
 *
 * <p>How it is built: each asset has a model (what the values are, a pure function of the seed and
 * the step), a clock (what time it believes), a {@code Ticker} (when it steps) and a {@code
 * ValueFaults} (what becomes of a value on its way out). Between every asset and its client stands
 * a {@code Relay}, the cable that can be cut. Values carry the time of their tick, not of the
 * thread that ran it, so a busy computer delays a value but never loses one.
 */
@NullMarked
package io.feedrate.simulator;

import org.jspecify.annotations.NullMarked;
