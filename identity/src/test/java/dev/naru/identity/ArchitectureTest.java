package dev.naru.identity;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

@AnalyzeClasses(
    packages = "dev.naru.identity",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.naru.identity.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyCommonAndTheConnectionToAValkeyAreBelow =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.naru..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "dev.naru.identity..",
                              "dev.naru.common..",
                              "dev.naru.database.valkey"))));

  @ArchTest
  static final ArchRule commandsOfAValkeyStayInStores =
      noClasses()
          .that(not(simpleNameEndingWith("Store")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  /// An [SQLException] is no SQL: the registry tells a refused write from an outage by it.
  @ArchTest
  static final ArchRule sqlStaysInStores =
      noClasses()
          .that(not(simpleNameEndingWith("Store")))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql", "org.jdbi..")
                  .and(not(simpleNameEndingWith("SQLException")))
                  .and(not(simpleNameEndingWith("Jdbi"))));

  @ArchTest
  static final ArchRule httpStaysInTheFace =
      noClasses()
          .that()
          .resideOutsideOfPackage("..web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.ws.rs..");

  @ArchTest
  static final ArchRule providersKnowNothingOfTheRest =
      classes()
          .that()
          .resideInAPackage("dev.naru.identity.provider..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.naru.identity.provider..",
              "dev.naru.common..",
              "java..",
              "javax.crypto..",
              "javax.sql..",
              "org.jspecify..",
              "org.slf4j..",
              "com.fasterxml.jackson..",
              "com.nimbusds..",
              "org.bouncycastle..",
              "org.jdbi..");

  @ArchTest
  static final ArchRule rulesDoNoInputOrOutput =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Rules")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "java.io..", "java.nio..", "java.net..");

  @ArchTest
  static final ArchRule theClockIsInjected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");
}
