package io.feedrate.collector.adapter.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.feedrate.collector.config.GatewayConfig.OpcUaSource;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/**
 * Makes connected clients: asks the server for its endpoints, takes the one with the configured
 * security, opens a session.
 *
 * <p><b>Thread</b>: the adapter's control thread; waits for the server, for a bounded time.
 */
final class ClientFactory {
  private static final long CONNECT_TIMEOUT_S = 15;
  private static final int REQUEST_TIMEOUT_MS = 5_000;
  private static final int SESSION_TIMEOUT_MS = 60_000;

  private final OpcUaSource source;
  private final OpcUaShared shared;

  ClientFactory(OpcUaSource source, OpcUaShared shared) {
    this.source = source;
    this.shared = shared;
  }

  OpcUaClient connect() throws Exception {
    EndpointDescription endpoint = endpoint();
    OpcUaClient client = OpcUaClient.create(config(endpoint), shared::transport);
    try {
      await(client.connectAsync());
      return client;
    } catch (Exception e) {
      var unused = client.disconnectAsync(); // or it would go on trying by itself
      throw e;
    }
  }

  private EndpointDescription endpoint() throws Exception {
    SecurityPolicy policy = SecurityPolicy.valueOf(source.securityPolicy());
    MessageSecurityMode mode = MessageSecurityMode.valueOf(source.securityMode());
    List<EndpointDescription> offered =
        await(DiscoveryClient.getEndpoints(source.endpoint(), shared::transport));
    Optional<EndpointDescription> endpoint =
        offered.stream()
            .filter(e -> Stack.TCP_UASC_UABINARY_TRANSPORT_URI.equals(e.getTransportProfileUri()))
            .filter(e -> policy.getUri().equals(e.getSecurityPolicyUri()))
            .filter(e -> e.getSecurityMode() == mode)
            .findFirst();
    if (endpoint.isEmpty()) {
      throw new UaException(
          StatusCodes.Bad_ConfigurationError,
          "the server offers no endpoint with security " + policy + "/" + mode);
    }
    // Servers name themselves by an address that may not reach them from here.
    return EndpointUtil.updateUrl(
        endpoint.get(),
        EndpointUtil.getHost(source.endpoint()),
        EndpointUtil.getPort(source.endpoint()));
  }

  private OpcUaClientConfig config(EndpointDescription endpoint) throws IOException {
    OpcUaClientConfigBuilder config =
        OpcUaClientConfig.builder()
            .setEndpoint(endpoint)
            .setApplicationName(LocalizedText.english("Feedrate collector"))
            .setApplicationUri(shared.applicationUri())
            .setProductUri("urn:feedrate:collector")
            .setSessionTimeout(uint(SESSION_TIMEOUT_MS))
            .setRequestTimeout(uint(REQUEST_TIMEOUT_MS))
            // One at a time: Milo hands publish responses to a pool, and two that overtake each
            // other there look like a gap. The next request waits for the journal: back-pressure.
            .setMaxPendingPublishRequests(uint(1));
    if (endpoint.getSecurityMode() == MessageSecurityMode.None) {
      return config
          .setIdentityProvider(identity(new CertificateValidator.InsecureCertificateValidator()))
          .build();
    }
    OwnCertificate own = shared.ownCertificate();
    CertificateValidator trusted = shared.serverCertificates();
    return config
        .setKeyPair(own.keys())
        .setCertificate(own.certificate())
        .setCertificateChain(new X509Certificate[] {own.certificate()})
        .setCertificateValidator(trusted)
        .setIdentityProvider(identity(trusted))
        .build();
  }

  private IdentityProvider identity(CertificateValidator validator) {
    return source
        .user()
        .<IdentityProvider>map(u -> new UsernameProvider(u.username(), u.password(), validator))
        .orElseGet(AnonymousProvider::new);
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(CONNECT_TIMEOUT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UaException ua ? ua : new UaException(e.getCause());
    } catch (TimeoutException e) {
      future.cancel(false);
      throw e;
    }
  }
}
