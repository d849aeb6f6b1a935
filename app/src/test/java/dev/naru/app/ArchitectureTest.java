package dev.naru.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between the modules.
@AnalyzeClasses(packages = "dev.naru", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule stationsDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.identity..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.naru.waitingroom..", "dev.naru.booking..", "dev.naru.app..");

  @ArchTest
  static final ArchRule theLineKnowsNoOtherStation =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.waitingroom..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.naru.identity..", "dev.naru.booking..", "dev.naru.app..");

  @ArchTest
  static final ArchRule bookingKnowsNoOtherStation =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.booking..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.naru.identity..", "dev.naru.waitingroom..", "dev.naru.app..");

  @ArchTest
  static final ArchRule theCrowdSpeaksHttpOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.rehearsal..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.naru.common..",
              "dev.naru.identity..",
              "dev.naru.waitingroom..",
              "dev.naru.booking..",
              "dev.naru.app..");

  @ArchTest
  static final ArchRule onlyTheDemoLetsACrowdCome =
      noClasses()
          .that()
          .resideInAPackage("dev.naru.app")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.naru.rehearsal..");
}
