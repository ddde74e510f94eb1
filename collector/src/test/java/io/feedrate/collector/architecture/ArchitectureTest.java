package io.feedrate.collector.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom. Each rule is checked against the collector, and against a small tree of
 * packages below {@code violations} that breaks it.
 */
final class ArchitectureTest {
  private static final String ROOT = "io.feedrate.collector";
  private static final String VIOLATIONS = ROOT + ".architecture.violations";

  private static final JavaClasses COLLECTOR =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);
  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(VIOLATIONS);

  @Test
  void adaptersSeeNothingOfWhatComesAfterTheJournal() {
    holdsAndBites(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + ".adapter..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        root + ".sink..",
                        root + ".engine..",
                        root + ".store..",
                        root + ".web..",
                        root + ".cli.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage(root)),
        "SeesASink");
  }

  @Test
  void adaptersDoNotSeeEachOther() {
    holdsAndBites(
        root -> slices().matching(root + ".adapter.(*)..").should().notDependOnEachOther(),
        "SeesAnotherAdapter");
  }

  @Test
  void theTypesOfAProtocolLibraryStayInItsAdapter() {
    onlyIn(".adapter.opcua..", "HasMilo", "org.eclipse.milo..");
    onlyIn(".adapter.mqtt..", "HasPaho", "org.eclipse.paho..");
  }

  @Test
  void theTypesOfTheOtherLibrariesStayWhereTheyAreUsed() {
    onlyIn(".sink.influx..", "HasInflux", "com.influxdb..", "okhttp3..", "retrofit2..");
    onlyIn(".web..", "HasVertx", "io.vertx..");
    onlyIn(".journal..", "HasChronicle", "net.openhft..");
  }

  @Test
  void sinksSeeNeitherTheEngineNorAnyProtocol() {
    holdsAndBites(
        root ->
            noClasses()
                .that()
                .resideInAPackage(root + ".sink..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(root + ".adapter.*..", root + ".engine..")),
        "SeesAnAdapter");
  }

  @Test
  void packagesHaveNoCycle() {
    holdsAndBites(
        root -> slices().assignedFrom(packagesBelow(root)).should().beFreeOfCycles(),
        "Cycle detected");
  }

  private static void onlyIn(String home, String violation, String... libraries) {
    holdsAndBites(
        root ->
            noClasses()
                .that(not(resideInAPackage(root + home)).and(resideInAPackage(root + "..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries)),
        violation);
  }

  private static void holdsAndBites(Function<String, ArchRule> rule, String violation) {
    assertThat(COLLECTOR).isNotEmpty();
    rule.apply(ROOT).allowEmptyShould(true).check(COLLECTOR);
    assertThatThrownBy(() -> rule.apply(VIOLATIONS).check(BROKEN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(violation);
  }

  /** Each package is a slice of its own, the root as well. */
  private static SliceAssignment packagesBelow(String root) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        return name.equals(root) || name.startsWith(root + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}
