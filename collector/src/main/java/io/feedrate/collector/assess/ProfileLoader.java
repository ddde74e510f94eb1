package io.feedrate.collector.assess;

import io.feedrate.kpi.maturity.Profile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads profiles. Safe to use from any thread. */
public final class ProfileLoader {

  private static final String SHIPPED = "/io/feedrate/config/profiles/";

  private ProfileLoader() {}

  /**
   * Reads what a config names: a profile that ships with Feedrate, or a file.
   *
   * @param nameOrPath a plain name such as aimm-provisional, or a path (it ends with .yaml or .yml,
   *     or holds a separator)
   * @param base directory that a relative path starts from
   */
  public static Profile resolve(String nameOrPath, Path base) throws ProfileException {
    return isPath(nameOrPath) ? read(base.resolve(nameOrPath)) : shipped(nameOrPath);
  }

  /** The text of what a config names, see {@link #resolve}. */
  public static String text(String nameOrPath, Path base) throws ProfileException {
    return isPath(nameOrPath) ? fileText(base.resolve(nameOrPath)) : shippedText(nameOrPath);
  }

  private static boolean isPath(String nameOrPath) {
    return nameOrPath.endsWith(".yaml")
        || nameOrPath.endsWith(".yml")
        || nameOrPath.contains("/")
        || nameOrPath.contains("\\");
  }

  /** Reads a profile that ships with Feedrate. */
  public static Profile shipped(String name) throws ProfileException {
    return parse(shippedText(name), name + ".yaml");
  }

  private static String shippedText(String name) throws ProfileException {
    String resource = SHIPPED + name + ".yaml";
    try (InputStream in = ProfileLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ProfileException(
            List.of(
                name
                    + ": no profile of this name ships with Feedrate; a file of your own is named"
                    + " with its ending .yaml"));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(name, String.valueOf(e.getMessage()));
    }
  }

  /** Reads a profile from a file. */
  public static Profile read(Path file) throws ProfileException {
    return parse(fileText(file), file.toString());
  }

  private static String fileText(Path file) throws ProfileException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file.toString(), "there is no such file");
    } catch (CharacterCodingException e) {
      throw unreadable(file.toString(), "it is not UTF-8");
    } catch (IOException e) {
      throw unreadable(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  /** Reads a profile from its text; {@code file} is for messages. */
  public static Profile parse(String text, String file) throws ProfileException {
    LocatedYaml yaml = LocatedYaml.parse(text, file);
    ProfileSchema.check(yaml);
    return new ProfileReader(yaml).profile();
  }

  private static ProfileException unreadable(String file, String why) {
    return new ProfileException(List.of(file + ": the profile cannot be read: " + why));
  }
}
