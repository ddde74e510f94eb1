package io.feedrate.simulator;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.model.objects.ServerTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.factories.NodeFactory;
import org.eclipse.milo.opcua.sdk.server.nodes.filters.AttributeFilters;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.transport.server.OpcServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.ServerApplicationContext;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * The OPC UA server of one machine, behind its {@link Relay}: clients see the relay's port in every
 * endpoint URL, the server itself listens on a hidden one.
 */
final class MachineServer implements AutoCloseable {
  private final Relay cable;
  private final String endpoint;
  private final OpcUaServer server;
  private final MachineNamespace namespace;
  private final CompletableFuture<InetSocketAddress> hidden = new CompletableFuture<>();

  MachineServer(
      LinePlan plan,
      String machine,
      int port,
      List<SignalSpec> signals,
      SimulatedClock clock,
      LineThreads threads) {
    cable = new Relay(threads.network(), plan.bind(), port);
    endpoint = "opc.tcp://" + plan.host() + ":" + cable.port();
    OpcUaServerConfig config =
        OpcUaServerConfig.builder()
            .setApplicationName(LocalizedText.english("Feedrate simulator " + machine))
            .setApplicationUri("urn:feedrate:simulator:" + machine)
            .setProductUri("urn:feedrate:simulator")
            .setEndpoints(endpoints(plan))
            .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
            .setExecutor(threads.requests())
            .setScheduledExecutor(threads.publishing())
            .build();
    server = new OpcUaServer(config, profile -> new HiddenTransport(threads));
    forgetTypes();
    showClock(clock);
    namespace = new MachineNamespace(server, machine, signals);
    namespace.startup();
    server.startup().join();
    cable.connectTo(hidden.join());
  }

  private Set<EndpointConfig> endpoints(LinePlan plan) {
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    endpoints.add(
        EndpointConfig.newBuilder()
            .setBindAddress(plan.bind())
            .setBindPort(cable.port())
            .setHostname(plan.host())
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
            .build());
    return endpoints;
  }

  /**
   * The SDK keeps types for all servers of the process, and a server that was closed while a client
   * connected may have left half of one there: sessions of later ones would lack diagnostics.
   */
  private static void forgetTypes() {
    NodeFactory.invalidateCachedIdh(NodeIds.SessionDiagnosticsObjectType);
    NodeFactory.invalidateCachedIdh(NodeIds.SessionDiagnosticsVariableType);
    NodeFactory.invalidateCachedIdh(NodeIds.SessionSecurityDiagnosticsType);
  }

  /** Before the SDK's own filters, which answer with the computer's clock. */
  private void showClock(SimulatedClock clock) {
    if (server.getAddressSpaceManager().getManagedNode(NodeIds.Server).orElseThrow()
        instanceof ServerTypeNode node) {
      node.getServerStatusNode()
          .getCurrentTimeNode()
          .getFilterChain()
          .addFirst(
              AttributeFilters.getValue(
                  context -> new DataValue(new Variant(dateTime(clock.nowMs())))));
    }
  }

  /** OPC UA time of epoch milliseconds. */
  static DateTime dateTime(long epochMs) {
    return new DateTime(Instant.ofEpochMilli(epochMs));
  }

  String endpoint() {
    return endpoint;
  }

  Relay cable() {
    return cable;
  }

  MachineNamespace namespace() {
    return namespace;
  }

  @Override
  public void close() {
    cable.close();
    namespace.shutdown();
    server.shutdown().join();
  }

  /** Listens on a free port of the loopback in place of the advertised one. */
  private final class HiddenTransport implements OpcServerTransport {
    private final OpcTcpServerTransport transport;

    HiddenTransport(LineThreads threads) {
      transport =
          new OpcTcpServerTransport(
              OpcTcpServerTransportConfig.newBuilder()
                  .setEventLoop(threads.network())
                  .setExecutor(threads.requests())
                  .setBootstrapCustomizer(bootstrap -> bootstrap.handler(new PortReader()))
                  .build());
    }

    @Override
    public void bind(ServerApplicationContext context, InetSocketAddress advertised)
        throws Exception {
      transport.bind(context, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public void unbind() {
      transport.unbind();
    }
  }

  /** Sits on the listening channel: the SDK does not say which port it got. */
  private final class PortReader extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      hidden.complete((InetSocketAddress) context.channel().localAddress());
      context.fireChannelActive();
    }
  }
}
