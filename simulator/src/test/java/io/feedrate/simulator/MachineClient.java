package io.feedrate.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;

/** An OPC UA client that keeps everything it gets from one machine. */
final class MachineClient implements AutoCloseable {
  private final OpcUaClient client;
  private final OpcUaSubscription subscription;
  private final Map<String, List<DataValue>> values = new ConcurrentHashMap<>();
  private final AtomicLong notifications = new AtomicLong();

  MachineClient(String endpoint) throws Exception {
    client =
        OpcUaClient.create(
            endpoint,
            endpoints -> endpoints.stream().findFirst(),
            transport -> {},
            config -> config.setRequestTimeout(Unsigned.uint(3_000)));
    client.connect();
    subscription = new OpcUaSubscription(client, 100.0);
    subscription.setSubscriptionListener(
        new OpcUaSubscription.SubscriptionListener() {
          @Override
          public void onDataReceived(
              OpcUaSubscription source, List<OpcUaMonitoredItem> items, List<DataValue> received) {
            notifications.incrementAndGet();
            for (int i = 0; i < items.size(); i++) {
              String signal = items.get(i).getUserObject().orElseThrow().toString();
              of(signal).add(received.get(i));
            }
          }
        });
    subscription.create();
  }

  void subscribe(SignalSpec signal, int queueSize) throws Exception {
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node(signal));
    item.setSamplingInterval((double) signal.write().toMillis());
    item.setQueueSize(Unsigned.uint(queueSize));
    item.setUserObject(signal.name());
    // Else a value that happens to equal the one before would be left out.
    item.setFilter(
        new DataChangeFilter(DataChangeTrigger.StatusValueTimestamp, Unsigned.uint(0), 0.0));
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
  }

  private NodeId node(SignalSpec signal) throws Exception {
    return new NodeId(
        client.readNamespaceTable().getIndex(SignalSpec.NAMESPACE).intValue(), signal.address());
  }

  List<DataValue> of(String signal) {
    return values.computeIfAbsent(signal, name -> new CopyOnWriteArrayList<>());
  }

  DataValue last(String signal) {
    List<DataValue> all = of(signal);
    return all.get(all.size() - 1);
  }

  DataValue read(SignalSpec signal) throws Exception {
    return client.readValue(0, TimestampsToReturn.Both, node(signal));
  }

  long currentTimeMs() throws Exception {
    DataValue value =
        client.readValue(0, TimestampsToReturn.Both, NodeIds.Server_ServerStatus_CurrentTime);
    return ((DateTime) Objects.requireNonNull(value.value().value())).getJavaTime();
  }

  @Override
  public void close() throws UaException {
    client.disconnect();
  }
}
