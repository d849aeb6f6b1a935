package dev.naru.rehearsal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.naru", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule theCrowdKnowsNaruOverHttpOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.rehearsal..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "belong to other modules of Naru",
                  other ->
                      other.getPackageName().startsWith("dev.naru.")
                          && !other.getPackageName().startsWith("dev.naru.rehearsal")));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.naru.rehearsal.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheServersClockCounts =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC");

  @ArchTest
  static final ArchRule peopleDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.rehearsal.people")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.io..", "java.net..", "java.nio.file..");
}
