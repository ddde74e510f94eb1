/**
 * Model updates per target (node, model, version) from approval to the first production inference,
 * and the estimate of their latency that does not forget the ones still open.
 */
@NullMarked
package io.feedrate.kpi.rollout;

import org.jspecify.annotations.NullMarked;
