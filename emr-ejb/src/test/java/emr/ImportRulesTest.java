package emr;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The import table of docs/architecture.md for the centre, executed. */
@AnalyzeClasses(packages = "emr", importOptions = DoNotIncludeTests.class)
class ImportRulesTest {

  @ArchTest
  static final ArchRule noCycles = slices().matching("emr.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule identity = may("emr.identity", "emr.account", "emr.exchange..");

  @ArchTest static final ArchRule account = may("emr.account", "emr.exchange..");

  @ArchTest static final ArchRule access = may("emr.access", "emr.identity", "emr.exchange..");

  @ArchTest
  static final ArchRule audit = may("emr.audit", "emr.access", "emr.identity", "emr.exchange..");

  @ArchTest
  static final ArchRule custody =
      may("emr.custody", "emr.account", "emr.audit", "emr.identity", "emr.exchange..");

  @ArchTest
  static final ArchRule partner =
      may("emr.partner", "emr.access", "emr.custody", "emr.identity", "emr.exchange..");

  @ArchTest
  static final ArchRule charging =
      may("emr.charging", "emr.audit", "emr.identity", "emr.exchange..");

  @ArchTest static final ArchRule search = may("emr.search", "emr.access", "emr.exchange..");

  @ArchTest
  static final ArchRule storage =
      may(
          "emr.storage",
          "emr.search",
          "emr.access",
          "emr.audit",
          "emr.custody",
          "emr.identity",
          "emr.validation",
          "emr.exchange..");

  @ArchTest static final ArchRule validation = may("emr.validation", "emr.exchange..");

  @ArchTest
  static final ArchRule control =
      may(
          "emr.control",
          "emr.access",
          "emr.audit",
          "emr.custody",
          "emr.identity",
          "emr.storage",
          "emr.validation",
          "emr.exchange..");

  private static ArchRule may(String from, String... to) {
    var allowed = resideOutsideOfPackage("emr..").or(resideInAPackage(from));
    for (String target : to) {
      allowed = allowed.or(resideInAPackage(target));
    }
    return classes().that().resideInAPackage(from).should().onlyDependOnClassesThat(allowed);
  }
}
