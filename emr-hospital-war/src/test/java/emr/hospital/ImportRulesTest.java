package emr.hospital;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom at the hospital, executed. */
@AnalyzeClasses(packages = "emr", importOptions = DoNotIncludeTests.class)
class ImportRulesTest {

  private static final String COMMUNICATION = "emr.hospital.communication";
  private static final String ACCESS = "emr.hospital.access";
  private static final String TEMPORARY_STORE = "emr.hospital.temporarystore";
  private static final String FORWARDING = "emr.hospital.forwarding";

  @ArchTest
  static final ArchRule noCycles = slices().matching("emr.hospital.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule communication = may(COMMUNICATION);

  @ArchTest static final ArchRule access = may(ACCESS, COMMUNICATION, "emr.faces.account");

  @ArchTest static final ArchRule temporaryStore = may(TEMPORARY_STORE, ACCESS, COMMUNICATION);

  @ArchTest
  static final ArchRule forwarding = may(FORWARDING, TEMPORARY_STORE, ACCESS, COMMUNICATION);

  @ArchTest
  static final ArchRule api =
      may(
          "emr.hospital.api",
          FORWARDING,
          TEMPORARY_STORE,
          ACCESS,
          COMMUNICATION,
          "emr.faces.account");

  @ArchTest
  static final ArchRule terminal =
      may(
          "emr.hospital.terminal",
          FORWARDING,
          TEMPORARY_STORE,
          ACCESS,
          COMMUNICATION,
          "emr.faces..");

  @ArchTest
  @ArchTag("claim-02")
  @ArchTag("claim-04")
  static final ArchRule onlyTheCommunicationUnitOpensConnections =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMMUNICATION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http", "jakarta.ws.rs.client");

  private static ArchRule may(String from, String... to) {
    var allowed =
        resideOutsideOfPackage("emr..")
            .or(resideInAPackage(from))
            .or(resideInAPackage("emr.exchange.."))
            .or(resideInAPackage("emr.account"));
    for (String target : to) {
      allowed = allowed.or(resideInAPackage(target));
    }
    return classes().that().resideInAPackage(from).should().onlyDependOnClassesThat(allowed);
  }
}
