package io.feedrate.collector.adapter.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.feedrate.collector.config.SignalAddress;
import io.feedrate.kpi.Register;
import io.feedrate.kpi.SignalMode;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;

/**
 * Makes monitored items as the signals' requirements want them.
 *
 * <p><b>Source</b>: OPC 10000-4, 5.13.1 and 7.22.2. <b>Thread</b>: any.
 */
final class ItemFactory {
  private static final Set<Long> FILTER_REFUSED =
      Set.of(
          StatusCodes.Bad_FilterNotAllowed,
          StatusCodes.Bad_MonitoredItemFilterInvalid,
          StatusCodes.Bad_MonitoredItemFilterUnsupported);

  private final SubscriptionPlan plan;
  private final Register register;

  ItemFactory(SubscriptionPlan plan, Register register) {
    this.plan = plan;
    this.register = register;
  }

  /**
   * An item for the signal.
   *
   * @param filtered whether to ask for a trigger; a server that refuses it has its default
   * @throws UaException if the node id cannot be read or names a namespace that the server does not
   *     have
   */
  SignalItem item(SignalAddress signal, NamespaceTable namespaces, boolean filtered)
      throws UaException {
    SignalItem item = new SignalItem(signal, node(signal.address(), namespaces));
    item.setSamplingInterval(signal.sampling().toNanos() / 1e6);
    item.setQueueSize(uint(plan.queue(signal.sampling())));
    item.setDiscardOldest(true);
    if (filtered) {
      item.setFilter(
          new DataChangeFilter(trigger(signal.signal()), uint(DeadbandType.None.getValue()), 0.0));
    }
    return item;
  }

  static boolean refusesFilter(StatusCode status) {
    return FILTER_REFUSED.contains(status.value());
  }

  /** A periodic signal must update, so an equal value with a new time counts. */
  private DataChangeTrigger trigger(int signal) {
    return register.signals().get(signal).mode() == SignalMode.PERIODIC
        ? DataChangeTrigger.StatusValueTimestamp
        : DataChangeTrigger.StatusValue;
  }

  private static NodeId node(String address, NamespaceTable namespaces) throws UaException {
    ExpandedNodeId id;
    try {
      id = ExpandedNodeId.parse(address);
    } catch (UaRuntimeException e) {
      throw new UaException(StatusCodes.Bad_NodeIdInvalid, e);
    }
    return id.toNodeId(namespaces)
        .orElseThrow(() -> new UaException(StatusCodes.Bad_NodeIdUnknown));
  }
}
