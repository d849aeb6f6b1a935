package dev.naru.booking;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;

/// The rules of the house, for this module.
@AnalyzeClasses(packages = "dev.naru.booking", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule featuresFormNoCycle =
      slices().matching("dev.naru.booking.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ofNaruOnlyCommonIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.naru..")
                  .and(not(resideInAnyPackage("dev.naru.booking..", "dev.naru.common.."))));

  /// An entry class holds the connection of its transaction and hands it to the store.
  @ArchTest
  static final ArchRule onlyStoresSpeakSql =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Store")
          .and()
          .haveNameNotMatching(".*Store\\$.*")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.PreparedStatement")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Statement")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.ResultSet")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("org.postgresql..", "org.jdbi.v3.core.statement..");

  /// Entry classes have the plural of what they keep for a name. What runs inside a transaction may
  /// pass on that the database failed. The station hands the database to all of them.
  @ArchTest
  static final ArchRule onlyEntriesAndStoresSeeADatabase =
      noClasses()
          .that()
          .haveNameNotMatching(".*(Store(\\$.*)?|\\.[A-Z][A-Za-z]*s|Station)")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi..")
                  .and(not(type(SQLException.class))));

  /// The parameters of a resource carry its annotations.
  @ArchTest
  static final ArchRule onlyResourcesSpeakHttp =
      noClasses()
          .that()
          .haveNameNotMatching(".*(Resource|Params)(s)?(\\$.*)?")
          .and()
          .resideOutsideOfPackage("..web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.ws.rs..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule rulesDoNoInput =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Rules")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule theClockIsGiven =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");
}
