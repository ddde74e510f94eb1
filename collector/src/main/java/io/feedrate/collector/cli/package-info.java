/**
 * The command line. {@link io.feedrate.collector.cli.Feedrate} is the entrance; every command is a
 * {@link io.feedrate.collector.cli.FeedrateCommand}, found with {@link java.util.ServiceLoader}, so
 * that other modules add theirs by a line in {@code META-INF/services}. A command returns its exit
 * code or throws: a {@link io.feedrate.collector.config.ConfigException} is printed error by error,
 * anything else as one line, with the stack trace only on request.
 */
@NullMarked
package io.feedrate.collector.cli;

import org.jspecify.annotations.NullMarked;
