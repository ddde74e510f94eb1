package io.feedrate.collector.adapter.opcua;

import io.feedrate.collector.config.SignalAddress;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * A monitored item that knows its signal. The id is bound here when the item is made, as a
 * primitive: Milo's user object comes back in an {@code Optional}, which would allocate per value.
 */
final class SignalItem extends OpcUaMonitoredItem {
  final SignalAddress address;
  final int signal;
  final boolean text;

  /** The server says that the node is no longer there; set by the decoder, read by the retry. */
  volatile boolean gone;

  SignalItem(SignalAddress address, NodeId node) {
    super(new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE));
    this.address = address;
    this.signal = address.signal();
    this.text = address.text();
  }
}
