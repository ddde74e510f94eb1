package io.feedrate.simulator;

import io.feedrate.kpi.EventKind;
import io.feedrate.kpi.ModelStage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * The registry that releases model versions: each new one is registered and approved for every
 * node, which the nodes then hear of.
 */
final class ModelRegistry implements AutoCloseable {
  static final String NAME = "registry";

  private static final long TICK_MS = 1_000;

  /** With mild trouble, this version fails on the last node, soon enough for a short demo. */
  private static final int FAILING_VERSION = 3;

  private final Publisher publisher;
  private final Consumer<Happening> controller;
  private final List<InferenceNode> nodes;
  private final Ticker ticker;
  private final long everyMs;
  private final boolean trouble;
  private final List<Rollout> rollouts = new ArrayList<>();
  private int version = Integer.parseInt(InferenceNode.FACTORY_VERSION);
  private long nextMs;

  ModelRegistry(
      LinePlan plan,
      InetSocketAddress broker,
      List<InferenceNode> nodes,
      LineThreads threads,
      Consumer<Happening> controller) {
    this.controller = controller;
    publisher = new Publisher(NAME, broker);
    this.nodes = nodes;
    everyMs = plan.modelEvery().toMillis();
    trouble = plan.trouble();
    ticker = new Ticker(threads.timers(), TICK_MS, this::tick);
  }

  void start() {
    nextMs = System.currentTimeMillis() + everyMs / 4;
    ticker.start();
  }

  /** The updates of all nodes so far, oldest first. */
  synchronized List<Rollout> rollouts() {
    return List.copyOf(rollouts);
  }

  private synchronized void tick(long trueMs) {
    publisher.publish(Publisher.STATUS, Messages.status(trueMs, -1, InferenceNode.HEARTBEAT_MS));
    if (everyMs > 0 && trueMs >= nextMs) {
      nextMs = trueMs + everyMs;
      approve(trueMs);
    }
  }

  /**
   * Approves the next version for all nodes.
   *
   * @return the version
   */
  synchronized String approve(long trueMs) {
    version++;
    String name = Integer.toString(version);
    String digest = digest(InferenceNode.MODEL, name);
    for (InferenceNode node : nodes) {
      publish(name, digest, ModelStage.REGISTERED, trueMs, node);
      publish(name, digest, ModelStage.APPROVED, trueMs, node);
      Rollout rollout = new Rollout(node.name(), InferenceNode.MODEL, name, digest, trueMs);
      rollouts.add(rollout);
      boolean last = node == nodes.get(nodes.size() - 1);
      node.offer(rollout, trouble && version == FAILING_VERSION && last, trueMs);
    }
    controller.accept(new Happening(EventKind.CORRECTION_RELEASED, NAME, name, trueMs));
    return name;
  }

  private void publish(
      String name, String digest, ModelStage stage, long trueMs, InferenceNode node) {
    publisher.publish(
        "model",
        Messages.model(
            InferenceNode.MODEL, name, digest, stage, trueMs, node.name(), "quality board"));
  }

  /** What identifies the model's file. */
  static String digest(String model, String version) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((model + ":" + version).getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    ticker.close();
    publisher.close();
  }
}
