/** What operators did with advice. */
@NullMarked
package io.feedrate.kpi.collaboration;

import org.jspecify.annotations.NullMarked;
