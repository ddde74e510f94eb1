package io.feedrate.kpi;

/**
 * What an inference was for; only {@link #PRODUCTION} counts. Ordinals are journaled: append only.
 */
public enum InferenceMode {
  PRODUCTION,
  SHADOW,
  WARMUP,
  TEST
}
