package io.feedrate.collector.evidence.bundle;

import io.feedrate.kpi.maturity.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be in a bundle.
 *
 * @param data directory of the gateway
 * @param assets paths of the assets that it is about, none below another; empty for the whole plant
 * @param fromNs start of the period, inclusive: windows that start in it
 * @param toNs its end, exclusive
 * @param profile to assess by
 * @param profileText of its file
 * @param challenge what the assessor wants to find in it, so that no old one can be handed out; or
 *     ""
 * @param responsible who answers for it, or ""
 * @param previous an earlier bundle of the same log
 * @param journal whether what was received is in it as well
 * @param authority that stamps the head with its time (RFC 3161)
 * @param now time of signing
 * @param software version of this program
 */
public record BundleOrder(
    Path data,
    List<String> assets,
    long fromNs,
    long toNs,
    Profile profile,
    String profileText,
    String challenge,
    String responsible,
    Optional<Path> previous,
    boolean journal,
    Optional<URI> authority,
    Instant now,
    String software) {

  public BundleOrder {
    assets = List.copyOf(assets);
  }

  /** The same of a period that ends earlier. */
  BundleOrder until(long endNs) {
    return new BundleOrder(
        data,
        assets,
        fromNs,
        endNs,
        profile,
        profileText,
        challenge,
        responsible,
        previous,
        journal,
        authority,
        now,
        software);
  }
}
