package io.feedrate.collector.adapter.opcua;

import java.util.Locale;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;

/**
 * What a server made of the requested intervals and queues: it may revise all of them, and then the
 * revised value rules (OPC 10000-4, 5.13.1.2).
 *
 * @param plan what was asked for
 */
record RevisedValues(SubscriptionPlan plan) {

  /** Slower than asked by more than this is worth a word. */
  private static final double TOLERANCE = 1.05;

  /** What differs materially, or "". */
  String describe(OpcUaSubscription subscription) {
    StringBuilder text = new StringBuilder();
    publishing(subscription, text);
    int slower = 0;
    int shallow = 0;
    String slowest = "";
    String shallowest = "";
    for (OpcUaMonitoredItem item : subscription.getMonitoredItems()) {
      SignalItem signal = (SignalItem) item;
      double sampling = item.getRevisedSamplingInterval().orElse(0.0);
      // 0 asks for the fastest there is, so nothing is slower than that.
      double asked = item.getSamplingInterval();
      if (asked > 0 && sampling > asked * TOLERANCE + 1) {
        slower++;
        slowest = String.format(Locale.ROOT, "%s: %.0f ms", signal.address.path(), sampling);
      }
      long queue = item.getRevisedQueueSize().map(Number::longValue).orElse(Long.MAX_VALUE);
      if (queue < plan.leastQueue(signal.address.sampling())) {
        shallow++;
        shallowest = signal.address.path() + ": " + queue;
      }
    }
    if (slower > 0) {
      join(text, "the server samples " + slower + " signals slower than asked, e.g. " + slowest);
    }
    if (shallow > 0) {
      join(text, shallow + " queues are too short to be safe, e.g. " + shallowest);
    }
    return text.toString();
  }

  private void publishing(OpcUaSubscription subscription, StringBuilder text) {
    double publishing = subscription.getRevisedPublishingInterval().orElse(0.0);
    if (publishing > plan.publishingMs() * TOLERANCE + 1) {
      join(
          text,
          String.format(
              Locale.ROOT,
              "the server publishes every %.0f ms instead of %.0f ms",
              publishing,
              plan.publishingMs()));
    }
  }

  private static void join(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : "; ").append(more);
  }
}
