/** Tests of the journal. */
@NullMarked
package io.feedrate.collector.journal;

import org.jspecify.annotations.NullMarked;
