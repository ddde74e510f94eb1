package io.feedrate.collector.store;

/**
 * That another version of Feedrate took over.
 *
 * @param era number of the version, from 1
 * @param sinceNs journal time
 * @param format of the engine's state from then on
 * @param complete whether the engine knew all that the journal had ever told; false where retention
 *     had removed its beginning
 * @param rows that were there; they stay, and only later ones can be verified
 */
public record Handover(int era, long sinceNs, int format, boolean complete, RowCounts rows) {}
