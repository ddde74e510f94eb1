/** What may know what in the collector, checked on the compiled classes. */
@NullMarked
package io.feedrate.collector.architecture;

import org.jspecify.annotations.NullMarked;
