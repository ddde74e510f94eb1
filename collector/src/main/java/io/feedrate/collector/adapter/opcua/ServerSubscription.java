package io.feedrate.collector.adapter.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.feedrate.collector.config.SignalAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription on the server with its items. When it fails it is abandoned and another takes
 * its place: node ids are resolved anew, and values that come late cannot be mistaken for signs of
 * life of the next one.
 *
 * <p><b>Thread</b>: methods on the control thread; callbacks on Milo's, in order, one at a time.
 */
final class ServerSubscription implements OpcUaSubscription.SubscriptionListener {
  private static final Logger log = LoggerFactory.getLogger(ServerSubscription.class);

  /** Told, on Milo's threads, that the subscription is of no more use. */
  interface Owner {
    void subscriptionFailed(ServerSubscription subscription, String why);
  }

  private final OpcUaClient client;
  private final OpcUaSubscription subscription;
  private final SubscriptionPlan plan;
  private final ItemFactory items;
  private final SampleDecoder decoder;
  private final LinkRecorder recorder;
  private final InterfaceCheck check;
  private final Owner owner;
  private final Map<Integer, Refused> refused = new LinkedHashMap<>();
  private volatile boolean abandoned;

  /** A signal that the server gives no values for, and why. */
  private record Refused(SignalAddress address, StatusCode status) {}

  ServerSubscription(
      OpcUaClient client,
      SubscriptionPlan plan,
      ItemFactory items,
      SampleDecoder decoder,
      LinkRecorder recorder,
      InterfaceCheck check,
      Owner owner) {
    this.client = client;
    this.plan = plan;
    this.items = items;
    this.decoder = decoder;
    this.recorder = recorder;
    this.check = check;
    this.owner = owner;
    this.subscription = new OpcUaSubscription(client, plan.publishingMs());
  }

  /** Creates it on the server, records that the link is up, then asks for the values. */
  void open(String why, List<SignalAddress> signals) throws UaException {
    subscription.setLifetimeAndKeepAliveCalculated(false);
    subscription.setMaxKeepAliveCount(uint(plan.keepAliveCount()));
    subscription.setLifetimeCount(uint(plan.lifetimeCount()));
    subscription.setMaxNotificationsPerPublish(uint(SubscriptionPlan.MAX_NOTIFICATIONS));
    subscription.setWatchdogMultiplier(2.0);
    subscription.setSubscriptionListener(this);
    subscription.create();
    recorder.up(why);
    check.begin();
    add(signals);
  }

  /** Asks again for what was refused or has gone; what is still refused is not journaled again. */
  void retryRefused() throws UaException {
    List<SignalAddress> again = new ArrayList<>();
    refused.values().forEach(r -> again.add(r.address()));
    for (OpcUaMonitoredItem item : subscription.getMonitoredItems()) {
      if (item instanceof SignalItem signal && signal.gone) {
        subscription.removeMonitoredItem(item);
        refused.put(
            signal.signal,
            new Refused(signal.address, new StatusCode(StatusCodes.Bad_NodeIdUnknown)));
        again.add(signal.address);
      }
    }
    if (!again.isEmpty()) {
      add(again);
    }
  }

  /** How long it may be silent while it lives. */
  long silenceNs() {
    return SubscriptionPlan.silenceNs(
        subscription.getRevisedPublishingInterval().orElse(plan.publishingMs()),
        subscription
            .getRevisedMaxKeepAliveCount()
            .map(Number::longValue)
            .orElse((long) plan.keepAliveCount()));
  }

  /** What it still brings is no sign of life any more. Any thread. */
  void forget() {
    abandoned = true;
  }

  /** Forgets it here, and on the server if that answers. */
  void abandon() {
    forget();
    try {
      subscription.delete();
    } catch (UaException e) {
      log.debug("subscription not deleted", e);
      subscription.reset();
    }
  }

  private void add(List<SignalAddress> signals) throws UaException {
    NamespaceTable namespaces = client.readNamespaceTable();
    for (SignalAddress signal : signals) {
      try {
        subscription.addMonitoredItem(items.item(signal, namespaces, true));
      } catch (UaException e) {
        refuse(signal, e.getStatusCode());
      }
    }
    create(namespaces);
    subscription.deleteMonitoredItems(); // those refused, which Milo still has on its list
    recorder.notes(notes());
    try {
      check.record(refused.keySet());
    } catch (RuntimeException e) {
      recorder.journalFailed(e);
    }
  }

  private void create(NamespaceTable namespaces) throws UaException {
    boolean plain = false;
    for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
      SignalItem item = (SignalItem) result.monitoredItem();
      StatusCode status = result.operationResult().orElse(result.serviceResult());
      if (result.operationResult().isEmpty()) {
        throw new UaException(status, "monitored items were not created");
      }
      if (status.isGood()) {
        refused.remove(item.signal);
        continue;
      }
      subscription.removeMonitoredItem(item);
      if (ItemFactory.refusesFilter(status) && item.getFilter() != null) {
        subscription.addMonitoredItem(items.item(item.address, namespaces, false));
        plain = true;
      } else {
        refuse(item.address, status);
      }
    }
    if (plain) {
      create(namespaces);
    }
  }

  private void refuse(SignalAddress signal, StatusCode status) {
    Refused before = refused.put(signal.signal(), new Refused(signal, status));
    if (before == null) {
      decoder.onStatus(signal.signal(), signal.text(), (int) status.value());
    }
  }

  private String notes() {
    String revised = new RevisedValues(plan).describe(subscription);
    if (refused.isEmpty()) {
      return revised;
    }
    Refused first = refused.values().iterator().next();
    String nodes =
        String.format(
            "%d nodes not available, e.g. %s (%s: %s)",
            refused.size(),
            first.address().path(),
            first.address().address(),
            Faults.name(first.status()));
    return revised.isEmpty() ? nodes : nodes + "; " + revised;
  }

  @Override
  public void onDataReceived(
      OpcUaSubscription source, List<OpcUaMonitoredItem> received, List<DataValue> values) {
    if (!abandoned) {
      recorder.heard();
    }
    try {
      decoder.onData(received, values);
    } catch (RuntimeException e) {
      recorder.journalFailed(e);
    }
  }

  @Override
  public void onKeepAliveReceived(OpcUaSubscription source) {
    if (!abandoned) {
      recorder.proof();
    }
  }

  @Override
  public void onNotificationDataLost(OpcUaSubscription source) {
    if (!abandoned) {
      recorder.gap("notifications were lost");
      // The values now are not known, nor when they would next be told: a new subscription tells.
      owner.subscriptionFailed(this, "notifications were lost");
    }
  }

  @Override
  public void onStatusChanged(OpcUaSubscription source, StatusCode status) {
    if (!abandoned && !status.isGood()) {
      String why = "the server ended the subscription: " + Faults.name(status);
      recorder.down(why, false);
      owner.subscriptionFailed(this, why);
    }
  }

  @Override
  public void onTransferFailed(OpcUaSubscription source, StatusCode status) {
    if (!abandoned) {
      owner.subscriptionFailed(this, "new session, the old subscription is gone");
    }
  }

  @Override
  public void onWatchdogTimerElapsed(OpcUaSubscription source) {
    // The connection's own timer is the one that acts: it also covers the time when Milo's is off.
    log.debug("watchdog elapsed");
  }
}
