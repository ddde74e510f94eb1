package io.feedrate.collector.store;

/** An interval of a subject that is out of scope, with who said so, why and when. */
public record ExclusionRow(
    String subject, long fromNs, long toNs, String reason, String approver, long enteredNs) {}
