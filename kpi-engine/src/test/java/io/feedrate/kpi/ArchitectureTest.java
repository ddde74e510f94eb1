package io.feedrate.kpi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.feedrate.kpi.violations.AsksTheClock;
import io.feedrate.kpi.violations.DrawsLots;
import io.feedrate.kpi.violations.ReadsAFile;
import io.feedrate.kpi.violations.StartsAThread;
import io.feedrate.kpi.violations.UsesAnotherLibrary;
import java.time.Clock;
import java.util.Timer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The engine is a pure function of what it is told. Each rule is checked against the engine, and
 * against a class that breaks it.
 */
final class ArchitectureTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.feedrate.kpi");

  private static final ArchRule NO_IO =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io..",
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.sql..",
                      "java.util.logging..")
                  .and(not(equivalentTo(java.io.Serializable.class)))
                  .or(equivalentTo(ProcessBuilder.class))
                  .or(equivalentTo(Runtime.class)))
          .orShould()
          .accessFieldWhere(
              target(owner(equivalentTo(System.class))).and(target(nameMatching("in|out|err"))))
          .because("everything that the engine knows comes in through its methods");

  private static final ArchRule NO_THREADS =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("java.util.concurrent..")
                  .and(not(equivalentTo(TimeUnit.class)))
                  .or(assignableTo(Thread.class))
                  .or(assignableTo(ThreadLocal.class))
                  .or(assignableTo(Timer.class)))
          .because("the engine runs on its caller's thread");

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .callMethodWhere(
              target(owner(equivalentTo(System.class)))
                  .and(target(nameMatching("currentTimeMillis|nanoTime")))
                  .or(
                      target(owner(resideInAPackage("java.time..")))
                          .and(target(nameMatching("now")))))
          .orShould()
          .dependOnClassesThat(assignableTo(Clock.class))
          .because("time is an argument");

  private static final ArchRule NO_RANDOM =
      noClasses()
          .should()
          .dependOnClassesThat(assignableTo(RandomGenerator.class))
          .orShould()
          .callMethodWhere(target(nameMatching("random|randomUUID|identityHashCode")))
          .because("the same calls give the same results");

  private static final ArchRule FEW_LIBRARIES =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.feedrate.kpi..",
                  "java..",
                  "org.HdrHistogram..",
                  "org.agrona..",
                  "org.jspecify.annotations.."))
          .because("the engine also runs inside other programs");

  @Test
  void theEngineDoesNoInputOrOutput() {
    holdsAndBites(NO_IO, ReadsAFile.class);
  }

  @Test
  void theEngineStartsNoThreadsAndSharesNothingBetweenThem() {
    holdsAndBites(NO_THREADS, StartsAThread.class);
  }

  @Test
  void theEngineAsksNoClock() {
    holdsAndBites(NO_CLOCK, AsksTheClock.class);
  }

  @Test
  void theEngineLeavesNothingToChance() {
    holdsAndBites(NO_RANDOM, DrawsLots.class);
  }

  @Test
  void theEngineNeedsTwoLibrariesOnly() {
    holdsAndBites(FEW_LIBRARIES, UsesAnotherLibrary.class);
  }

  /** The root package holds the entrance and the vocabulary, which the parts and it both use. */
  @Test
  void thePartsOfTheEngineHaveNoCycle() {
    slices()
        .matching("io.feedrate.kpi.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ENGINE);
    JavaClasses cycle = new ClassFileImporter().importPackages("io.feedrate.kpi.violations");
    assertThatThrownBy(
            () ->
                slices()
                    .matching("io.feedrate.kpi.violations.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(cycle))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected");
  }

  private static void holdsAndBites(ArchRule rule, Class<?> violation) {
    assertThat(ENGINE).isNotEmpty();
    rule.check(ENGINE);
    assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(violation)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(violation.getSimpleName());
  }
}
