package io.feedrate.collector.store;

import io.feedrate.kpi.Episode;

/** A stored state of an episode; ids follow the order of computation, from 1 without gaps. */
public record EpisodeRow(long id, Episode episode) {}
