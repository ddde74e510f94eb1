package io.feedrate.collector.store;

import io.feedrate.kpi.Result;

/** A stored result; ids follow the order of computation, from 1 without gaps. */
public record ResultRow(long id, Result result) {}
