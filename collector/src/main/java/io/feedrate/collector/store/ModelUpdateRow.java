package io.feedrate.collector.store;

import io.feedrate.kpi.ModelUpdate;

/** A stored state of a model update; ids follow the order of computation, from 1 without gaps. */
public record ModelUpdateRow(long id, ModelUpdate update) {}
