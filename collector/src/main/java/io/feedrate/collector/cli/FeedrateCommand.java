package io.feedrate.collector.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code feedrate}: annotated with {@link picocli.CommandLine.Command}, found with
 * {@link java.util.ServiceLoader}. Its {@code call} returns an exit code of {@link ExitCodes}.
 */
public interface FeedrateCommand extends Callable<Integer> {

  /** Where the command stands in the help: smaller ones first, then by name. */
  default int order() {
    return 100;
  }
}
