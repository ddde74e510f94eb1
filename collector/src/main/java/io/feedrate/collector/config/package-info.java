/** config. */
@NullMarked
package io.feedrate.collector.config;

import org.jspecify.annotations.NullMarked;
