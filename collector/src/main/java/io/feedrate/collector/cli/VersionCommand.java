package io.feedrate.collector.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code feedrate version}. */
@Command(
    name = "version",
    description = "Print the version of Feedrate and of the Java that it runs on.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class)
public final class VersionCommand implements FeedrateCommand {

  private static final int LAST = 900;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public int order() {
    return LAST;
  }

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(text());
    spec.commandLine().getOut().flush();
    return ExitCodes.OK;
  }

  private static String text() {
    return String.format(
        "feedrate %s (Java %s, %s %s)",
        version(),
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  /** The version that Maven wrote into the jar. */
  public static String version() {
    String resource = "/META-INF/maven/io.feedrate/collector/pom.properties";
    try (@Nullable InputStream in = VersionCommand.class.getResourceAsStream(resource)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }

  /** The same text for {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
