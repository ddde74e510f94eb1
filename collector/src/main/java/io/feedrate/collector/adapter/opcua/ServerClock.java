package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.journal.Journal;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a server's clock against the collector's: ServerStatus.CurrentTime, taken to be read
 * half-way between request and response.
 *
 * <p><b>Source</b>: OPC 10000-5, 12.10 (ServerStatusDataType). <b>Thread</b>: {@link #read} any;
 * answers come on Milo's.
 */
final class ServerClock {
  private static final Logger log = LoggerFactory.getLogger(ServerClock.class);

  private static final List<ReadValueId> CURRENT_TIME =
      List.of(
          new ReadValueId(
              NodeIds.Server_ServerStatus_CurrentTime,
              AttributeId.Value.uid(),
              null,
              QualifiedName.NULL_VALUE));

  private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
  private static final long TICKS_PER_MS = 10_000;
  private static final long NS_PER_MS = 1_000_000;

  private final Journal journal;
  private final int link;
  private final OffsetFilter filter = new OffsetFilter();
  private final AtomicBoolean pending = new AtomicBoolean();

  ServerClock(Journal journal, int link) {
    this.journal = journal;
    this.link = link;
  }

  /** Asks once and journals the answer; returns at once. */
  void read(OpcUaClient client) {
    if (!pending.compareAndSet(false, true)) {
      return;
    }
    long askedNs = journal.clock().nowNs();
    var unused =
        client
            .readAsync(0.0, TimestampsToReturn.Neither, CURRENT_TIME)
            .whenComplete((response, fault) -> answered(askedNs, response));
  }

  private void answered(long askedNs, @Nullable ReadResponse response) {
    try {
      DataValue[] results = response == null ? null : response.getResults();
      if (results != null
          && results.length == 1
          && results[0].getValue().value() instanceof DateTime time) {
        record(askedNs, journal.clock().nowNs(), time.getUtcTime());
      }
    } catch (RuntimeException e) {
      log.error("a clock reading could not be journaled", e);
    } finally {
      pending.set(false);
    }
  }

  private synchronized void record(long askedNs, long answeredNs, long ticks) {
    long serverNs = (ticks - EPOCH_TICKS) * 100;
    long offsetNs = serverNs - (askedNs + (answeredNs - askedNs) / 2);
    long uncertaintyNs = (answeredNs - askedNs + 1) / 2;
    if (ticks % TICKS_PER_MS == 0) {
      uncertaintyNs += NS_PER_MS; // it seems to tell milliseconds only
    }
    filter.add(offsetNs, uncertaintyNs);
    journal.appendClock(link, filter.offsetNs(), filter.uncertaintyNs());
  }
}
