package io.feedrate.collector.adapter.opcua;

import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** What went wrong, for a person. */
final class Faults {

  /** Trying again changes nothing: somebody must trust a certificate, mend a password or a key. */
  private static final Set<Long> FOR_A_PERSON =
      Set.of(
          StatusCodes.Bad_SecurityChecksFailed,
          StatusCodes.Bad_CertificateUntrusted,
          StatusCodes.Bad_CertificateInvalid,
          StatusCodes.Bad_CertificateTimeInvalid,
          StatusCodes.Bad_CertificateIssuerTimeInvalid,
          StatusCodes.Bad_CertificateHostNameInvalid,
          StatusCodes.Bad_CertificateUriInvalid,
          StatusCodes.Bad_CertificateUseNotAllowed,
          StatusCodes.Bad_CertificateRevoked,
          StatusCodes.Bad_CertificateIssuerRevoked,
          StatusCodes.Bad_CertificateChainIncomplete,
          StatusCodes.Bad_CertificatePolicyCheckFailed,
          StatusCodes.Bad_SecurityPolicyRejected,
          StatusCodes.Bad_SecurityModeRejected,
          StatusCodes.Bad_IdentityTokenInvalid,
          StatusCodes.Bad_IdentityTokenRejected,
          StatusCodes.Bad_UserAccessDenied,
          StatusCodes.Bad_ConfigurationError);

  private Faults() {}

  static boolean needsAPerson(Throwable fault) {
    return UaException.extractStatusCode(fault)
        .map(status -> FOR_A_PERSON.contains(status.value()))
        .orElse(false);
  }

  static String text(Throwable fault) {
    String message = message(fault);
    return UaException.extractStatusCode(fault)
        .map(Faults::name)
        .map(name -> message.isEmpty() || message.contains(name) ? name : name + ", " + message)
        .orElse(message);
  }

  private static String message(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof TimeoutException) {
      return "no answer";
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  /** Such as Bad_NodeIdUnknown, or the number where it has no name. */
  static String name(StatusCode status) {
    return StatusCodes.lookup(status.value())
        .map(names -> names[0])
        .orElse("0x" + Long.toHexString(status.value()));
  }
}
