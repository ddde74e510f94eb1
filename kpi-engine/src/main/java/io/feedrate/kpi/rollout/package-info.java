/**
 * Model updates per target (node, model, version) from approval to the first production inference
 * and on through the soak time: what the KPIs of {@code capability} are computed from.
 */
@NullMarked
package io.feedrate.kpi.rollout;

import org.jspecify.annotations.NullMarked;
