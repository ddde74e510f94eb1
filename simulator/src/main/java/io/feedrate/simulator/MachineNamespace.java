package io.feedrate.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredDataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * The variables of one machine. Values are kept in an array beside the nodes and pushed to the
 * monitored items, which costs a fraction of letting the SDK sample the nodes, and loses no value
 * between two samplings.
 *
 * <p>A client that asks for a sampling interval longer than a periodic signal is written gets
 * values that far apart; one that asks for a shorter one gets it revised to the writing interval.
 *
 * <p><b>Thread</b>: {@link #write} by one thread at a time.
 */
final class MachineNamespace extends ManagedNamespaceWithLifecycle {
  /** Values a little early by the clock still count as one sampling interval later. */
  private static final double EARLY = 0.9;

  /** OPC 10000-4 7.38: BadWaitingForInitialData. */
  private static final StatusCode NO_VALUE_YET = new StatusCode(0x80320000L);

  private static final class Subscriber {
    final MonitoredDataItem item;
    final double intervalMs;
    double lastMs = Double.NEGATIVE_INFINITY;

    Subscriber(MonitoredDataItem item, double intervalMs) {
      this.item = item;
      this.intervalMs = intervalMs;
    }
  }

  private final List<SignalSpec> signals;
  private final AtomicReferenceArray<DataValue> values;
  private final List<List<Subscriber>> subscribers = new ArrayList<>();
  private final Map<NodeId, Integer> ids = new ConcurrentHashMap<>();

  MachineNamespace(OpcUaServer server, String machine, List<SignalSpec> signals) {
    super(server, SignalSpec.NAMESPACE);
    this.signals = signals;
    values = new AtomicReferenceArray<>(signals.size());
    for (int i = 0; i < signals.size(); i++) {
      values.set(i, new DataValue(Variant.NULL_VALUE, NO_VALUE_YET));
      subscribers.add(new CopyOnWriteArrayList<>());
    }
    getLifecycleManager().addStartupTask(() -> addNodes(machine));
  }

  private void addNodes(String machine) {
    NodeId folderId = newNodeId("Machine");
    UaFolderNode folder =
        new UaFolderNode(
            getNodeContext(), folderId, newQualifiedName(machine), LocalizedText.english(machine));
    getNodeManager().addNode(folder);
    folder.addReference(
        new Reference(folderId, NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
    for (int i = 0; i < signals.size(); i++) {
      addVariable(folder, i);
    }
  }

  private void addVariable(UaFolderNode folder, int signal) {
    SignalSpec spec = signals.get(signal);
    NodeId id = newNodeId(spec.address());
    UaVariableNode node =
        new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
            .setNodeId(id)
            .setAccessLevel(AccessLevel.READ_ONLY)
            .setUserAccessLevel(AccessLevel.READ_ONLY)
            .setBrowseName(newQualifiedName(spec.address()))
            .setDisplayName(LocalizedText.english(spec.name()))
            .setDataType(dataType(signal, spec))
            .setTypeDefinition(NodeIds.BaseDataVariableType)
            .build();
    node.getFilterChain().addFirst(AttributeFilters.getValue(context -> values.get(signal)));
    getNodeManager().addNode(node);
    folder.addOrganizes(node);
    ids.put(id, signal);
  }

  private static NodeId dataType(int signal, SignalSpec spec) {
    return switch (spec.type()) {
      case NUMBER -> NodeIds.Double;
      case INTEGER -> isCounter(signal) ? NodeIds.Int64 : NodeIds.Int32;
      case TEXT -> NodeIds.String;
    };
  }

  private static boolean isCounter(int signal) {
    return signal == MachineSignals.PART_COUNTER || signal == MachineSignals.GOOD_COUNTER;
  }

  /** A new value of a signal, at a time by the computer's clock. */
  void write(int signal, DataValue value, long trueMs) {
    List<Subscriber> interested = subscribers.get(signal);
    synchronized (interested) {
      values.set(signal, value);
      for (Subscriber subscriber : interested) {
        if (trueMs - subscriber.lastMs >= EARLY * subscriber.intervalMs) {
          subscriber.lastMs = trueMs;
          push(subscriber, value);
        }
      }
    }
  }

  private static void push(Subscriber subscriber, DataValue value) {
    if (subscriber.item.isSamplingEnabled()) {
      subscriber.item.setValue(value);
    }
  }

  /**
   * Writes values of a signal so fast that nothing is published between them.
   *
   * @return how many values were pushed out of queues, over all monitored items
   */
  long burst(int signal, List<DataValue> burst) {
    long lost = 0;
    for (Subscriber subscriber : subscribers.get(signal)) {
      MonitoredDataItem item = subscriber.item;
      // Publishing takes values out of the queue under this lock.
      synchronized (item) {
        long before = overflows(item);
        burst.forEach(value -> push(subscriber, value));
        lost += overflows(item) - before;
      }
    }
    values.set(signal, burst.get(burst.size() - 1));
    return lost;
  }

  private static long overflows(MonitoredDataItem item) {
    var subscription =
        item.getSession().getSubscriptionManager().getSubscription(item.getSubscriptionId());
    return subscription == null
        ? 0
        : subscription.getSubscriptionDiagnostics().getMonitoringQueueOverflowCount().longValue();
  }

  /** Length of the shortest queue that a client has for a signal; 0 without a client. */
  int shortestQueue(int signal) {
    return subscribers.get(signal).stream().mapToInt(s -> s.item.getQueueSize()).min().orElse(0);
  }

  /** Number of monitored items on all signals. */
  int subscriptions() {
    return subscribers.stream().mapToInt(List::size).sum();
  }

  @Override
  public RevisedDataItemParameters onCreateDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    Integer signal = ids.get(item.getNodeId());
    if (signal == null || !signals.get(signal).isPeriodic()) {
      return new RevisedDataItemParameters(samplingInterval, queueSize);
    }
    double write = signals.get(signal).write().toMillis();
    return new RevisedDataItemParameters(Math.max(write, samplingInterval), queueSize);
  }

  @Override
  public RevisedDataItemParameters onModifyDataItem(
      ReadValueId item, Double samplingInterval, UInteger queueSize) {
    return onCreateDataItem(item, samplingInterval, queueSize);
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    for (DataItem item : items) {
      Integer signal = ids.get(item.getReadValueId().getNodeId());
      if (signal != null
          && AttributeId.Value.uid().equals(item.getReadValueId().getAttributeId())
          && item instanceof MonitoredDataItem monitored) {
        boolean periodic = signals.get(signal).isPeriodic();
        Subscriber subscriber =
            new Subscriber(monitored, periodic ? monitored.getSamplingInterval() : 0);
        List<Subscriber> interested = subscribers.get(signal);
        // Between the first value and being subscribed no change may be missed.
        synchronized (interested) {
          push(subscriber, values.get(signal));
          interested.add(subscriber);
        }
      }
    }
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    onDataItemsDeleted(items);
    onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    for (DataItem item : items) {
      Integer signal = ids.get(item.getReadValueId().getNodeId());
      if (signal != null) {
        subscribers.get(signal).removeIf(subscriber -> subscriber.item == item);
      }
    }
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    // Values are pushed only to items that are not disabled, and asked each time.
  }
}
