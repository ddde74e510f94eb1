package io.feedrate.collector.adapter.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What all OPC UA sources of a collector share: threads, and the certificates in {@code
 * <data>/pki}. {@code own} holds the collector's key, {@code trusted} and {@code issuer} the
 * servers' certificates that are trusted, {@code rejected} those that were seen and are not.
 *
 * <p><b>Thread</b>: any. Close it after the adapters.
 */
public final class OpcUaShared implements AutoCloseable {
  private static final int MAX_IO_THREADS = 2;
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  private final Path pki;
  private final String applicationUri;
  private final EventLoopGroup io;
  private final ExecutorService callbacks;
  private final ScheduledExecutorService scheduler;
  private final HashedWheelTimer timeouts;
  private @Nullable OwnCertificate own;
  private @Nullable FileBasedTrustListManager trusted;
  private @Nullable CertificateValidator validator;

  /**
   * Starts nothing that is visible from outside; certificates are made when a source wants them.
   *
   * @param data the collector's data directory
   * @param gatewayId name of the gateway, part of the application URI
   */
  public OpcUaShared(Path data, String gatewayId) {
    this.pki = data.resolve("pki");
    this.applicationUri = "urn:feedrate:collector:" + gatewayId;
    this.io =
        new MultiThreadIoEventLoopGroup(
            Math.min(MAX_IO_THREADS, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("opcua-io", true),
            NioIoHandler.newFactory());
    this.callbacks =
        Executors.newCachedThreadPool(new DefaultThreadFactory("opcua-callback", true));
    this.scheduler = new ReconnectScheduler(new DefaultThreadFactory("opcua-timer", true));
    this.timeouts = new HashedWheelTimer(new DefaultThreadFactory("opcua-timeout", true));
  }

  String applicationUri() {
    return applicationUri;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  /** Makes a transport use the shared threads. */
  void transport(OpcTcpClientTransportConfigBuilder transport) {
    transport
        .setEventLoop(io)
        .setExecutor(callbacks)
        .setScheduledExecutor(scheduler)
        .setWheelTimer(timeouts)
        .setConnectTimeout(uint(CONNECT_TIMEOUT_MS));
  }

  /** The collector's own certificate. */
  synchronized OwnCertificate ownCertificate() throws IOException {
    if (own == null) {
      own = OwnCertificate.in(pki.resolve("own"), applicationUri);
    }
    return own;
  }

  /** Checks servers' certificates against the trust list; what it refuses goes to rejected. */
  synchronized CertificateValidator serverCertificates() throws IOException {
    if (validator == null) {
      // One watcher thread for all clients: each trust list manager has its own.
      trusted = FileBasedTrustListManager.createAndInitialize(pki);
      validator =
          explaining(
              new DefaultClientCertificateValidator(
                  trusted, FileBasedCertificateQuarantine.create(pki.resolve("rejected"))));
    }
    return validator;
  }

  /** Says what to do about a certificate: the reasons that come from below are the JDK's. */
  private CertificateValidator explaining(CertificateValidator validator) {
    return (chain, applicationUri, hostNames) -> {
      try {
        validator.validateCertificateChain(chain, applicationUri, hostNames);
      } catch (UaException e) {
        throw new UaException(
            StatusCodes.Bad_CertificateUntrusted,
            "the server's certificate is not trusted ("
                + Faults.text(e)
                + "); if it is the right one, move it from "
                + pki.resolve("rejected")
                + " to "
                + pki.resolve("trusted").resolve("certs"));
      }
    };
  }

  @Override
  public synchronized void close() {
    scheduler.shutdownNow();
    callbacks.shutdown();
    var unused = io.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    timeouts.stop();
    if (trusted != null) {
      try {
        trusted.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
