package io.feedrate.collector.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows that each quality gate of the parent pom bites: a build of tiny modules, one with nothing
 * wrong and one with each kind of fault, under a copy of the parent pom.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BuildGatesIT {
  private static final String CLEAN =
      """
      package gate;

      /** Nothing wrong. */
      public final class Gate {
        private Gate() {}

        /** Doubles. */
        public static int twice(int number) {
          return 2 * number;
        }
      }
      """;
  private static final String PACKAGE_INFO =
      """
      /** A package to try the gates on. */
      @NullMarked
      package gate;

      import org.jspecify.annotations.NullMarked;
      """;

  private final Map<String, String> sources = new TreeMap<>();
  private String log = "";

  @BeforeAll
  void build(@TempDir Path folder) throws Exception {
    sources.put("clean", CLEAN);
    sources.put(
        "lint",
        CLEAN
            .replace("int number", "java.util.List number")
            .replace("2 * number", "number.size()"));
    sources.put("errorprone", CLEAN.replace("2 * number", "number == number ? 1 : 2"));
    sources.put(
        "nullaway",
        CLEAN
            .replace("static int twice(int", "static Object twice(int")
            .replace("2 * number", "null"));
    sources.put("format", CLEAN.replace("{\n    return", "{\n        return"));
    sources.put("netty", CLEAN);
    lay(folder);
    log = run(folder);
  }

  @Test
  void aModuleWithNothingWrongIsBuilt() {
    assertThat(log).containsPattern("gate-clean \\S+ \\.+ SUCCESS");
  }

  @Test
  void aLintWarningFailsTheBuild() {
    assertThat(failureOf("lint")).contains("found raw type", "-Werror");
  }

  @Test
  void anErrorProneFindingFailsTheBuild() {
    assertThat(failureOf("errorprone"))
        .containsPattern("\\[(IdentityBinaryExpression|SelfComparison)\\]");
  }

  @Test
  void aPossibleNullFailsTheBuild() {
    assertThat(failureOf("nullaway")).contains("[NullAway]");
  }

  @Test
  void unformattedCodeFailsTheBuild() {
    assertThat(failureOf("format")).contains("format violations", "Gate.java");
  }

  @Test
  void twoVersionsOfNettyFailTheBuild() {
    assertThat(failureOf("netty"))
        .contains("DependencyConvergence failed", "io.netty:netty-common");
  }

  private String failureOf(String module) {
    assertThat(log).containsPattern("gate-" + module + " \\S+ \\.+ FAILURE");
    String told = section("Building gate-" + module + " ", "[INFO] Building gate-");
    return told + section("on project gate-" + module + ":", "on project gate-");
  }

  /** What the log has from one text up to the next occurrence of another. */
  private String section(String from, String to) {
    int begin = log.indexOf(from);
    assertThat(begin).as(from).isNotNegative();
    int end = log.indexOf(to, begin + from.length());
    return log.substring(begin, end < 0 ? log.length() : end);
  }

  private void lay(Path folder) throws IOException {
    Path root = SourceTree.root();
    Files.createDirectories(folder.resolve(".mvn/wrapper"));
    for (String file :
        List.of("mvnw", ".mvn/jvm.config", ".mvn/wrapper/maven-wrapper.properties")) {
      Files.copy(root.resolve(file), folder.resolve(file));
    }
    Files.createDirectories(folder.resolve("parent"));
    Files.copy(root.resolve("pom.xml"), folder.resolve("parent/pom.xml"));
    StringBuilder modules = new StringBuilder();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      modules.append("<module>").append(source.getKey()).append("</module>");
      layModule(folder.resolve(source.getKey()), source.getKey(), source.getValue());
    }
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>gate</groupId><artifactId>gates</artifactId><version>1</version>
          <packaging>pom</packaging>
          <modules>%s</modules>
        </project>
        """
            .formatted(modules));
  }

  private static void layModule(Path folder, String name, String source) throws IOException {
    Path code = Files.createDirectories(folder.resolve("src/main/java/gate"));
    Files.writeString(code.resolve("Gate.java"), source);
    Files.writeString(code.resolve("package-info.java"), PACKAGE_INFO);
    String dependencies =
        name.equals("netty")
            ? """
              <dependencies>
                <dependency>
                  <groupId>io.netty</groupId><artifactId>netty-common</artifactId>
                  <version>4.1.127.Final</version>
                </dependency>
                <dependency>
                  <groupId>io.netty</groupId><artifactId>netty-buffer</artifactId>
                </dependency>
              </dependencies>
              """
            : "";
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>io.feedrate</groupId><artifactId>feedrate</artifactId>
            <version>0.1.0-SNAPSHOT</version><relativePath>../parent/pom.xml</relativePath>
          </parent>
          <artifactId>gate-%s</artifactId>
          <name>gate-%s</name>
          %s
        </project>
        """
            .formatted(name, name, dependencies));
  }

  private static String run(Path folder) throws IOException, InterruptedException {
    Path output = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "./mvnw", "-B", "-ntp", "--fail-at-end", "compile")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // A short life: compiling the compiler thoroughly does not pay.
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m");
    builder.environment().remove("MAVEN_BASEDIR");
    builder.environment().remove("MAVEN_PROJECTBASEDIR");
    Process build = builder.start();
    assertThat(build.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
