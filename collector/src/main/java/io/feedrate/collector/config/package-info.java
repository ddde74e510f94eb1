/**
 * The gateway's configuration: one YAML file, checked as a whole, every error with {@code
 * file:line:}, its path and how to mend it, then frozen into records. What adapters need of the
 * register is derived here as well.
 */
@NullMarked
package io.feedrate.collector.config;

import org.jspecify.annotations.NullMarked;
