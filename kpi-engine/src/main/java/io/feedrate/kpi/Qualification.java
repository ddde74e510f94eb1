package io.feedrate.kpi;

/**
 * A person's valid training, from the plant's training register.
 *
 * @param person pseudonym
 * @param subject path of the asset, with all below it, that it is for
 * @param fromNs since when
 * @param toNs until when
 */
public record Qualification(String person, String subject, long fromNs, long toNs) {}
