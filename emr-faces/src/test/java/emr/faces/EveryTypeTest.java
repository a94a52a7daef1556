package emr.faces;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildDirectResource;
import ca.uhn.fhir.context.RuntimeChildExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Records of every FHIR R4 type are shown for people: words, and nothing that machines need. */
class EveryTypeTest {

  private static final FhirContext R4 = FhirContext.forR4Cached();
  private static final String ID = "0e4k2x9q7m1ta-0e4k2x9q7m1tb";

  private static final Viewpoint JAPANESE =
      new Viewpoint(Locale.JAPANESE, TUESDAY.zone(), TUESDAY.now());
  private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{3,}");

  /** The types that patients' charts are made of. */
  private static final List<String> CHARTED =
      List.of(
          "AllergyIntolerance",
          "CarePlan",
          "ClinicalImpression",
          "Composition",
          "Condition",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "FamilyMemberHistory",
          "Goal",
          "ImagingStudy",
          "Immunization",
          "MedicationAdministration",
          "MedicationDispense",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Patient",
          "Procedure",
          "QuestionnaireResponse",
          "ServiceRequest",
          "Specimen");

  /** JSON, markup, what Java makes of an object, long data, and references as machines write. */
  private static final Pattern FOR_MACHINES =
      Pattern.compile(
          "resourceType|\\{\"|</?(div|p|b|table|script)\\b|org\\.hl7|@[0-9a-f]{5,}|urn:(uuid|oid):"
              + "|[A-Za-z0-9+/]{120,}|(?<![/\\w])("
              + Stream.of(ResourceType.values()).map(Enum::name).collect(Collectors.joining("|"))
              + ")/[A-Za-z0-9.-]*\\d");

  @TestFactory
  Stream<DynamicTest> theSpecificationsExamples() throws Exception {
    URI examples = EveryTypeTest.class.getResource("/org/hl7/fhir/testcases/r4/examples/").toURI();
    try (FileSystem jar = FileSystems.newFileSystem(examples, Map.of())) {
      List<DynamicTest> tests;
      try (Stream<Path> files = Files.list(Path.of(examples))) {
        tests =
            files
                .filter(file -> file.toString().endsWith("-example.json"))
                .sorted()
                .map(EveryTypeTest::example)
                .toList();
      }
      assertThat(tests).as(jar + " holds the examples").hasSizeGreaterThan(50);
      return tests.stream();
    }
  }

  private static DynamicTest example(Path file) {
    Resource resource = FhirJson.parse(text(file));
    return DynamicTest.dynamicTest(file.getFileName().toString(), () -> isForPeople(resource));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> aRecordOfEachTypeWithAValueInEveryElement() {
    return R4.getResourceTypes().stream()
        .sorted()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type,
                    () -> {
                      Resource resource = filled(type);
                      assertThat(isForPeople(resource).lines()).as(type).isNotEmpty();
                    }));
  }

  /** What a record says in its own words stays as it is; what the page adds to it is Japanese. */
  @TestFactory
  Stream<DynamicTest> recordsOfAChartAreJapaneseOnJapanesePages() {
    return CHARTED.stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type,
                    () -> {
                      RecordView view = RecordView.of(filled(type), JAPANESE);
                      assertThat(view.kind()).doesNotContainPattern(ENGLISH);
                      assertThat(
                              view.lines().stream()
                                  .map(line -> line.label() + "=" + line.value())
                                  .map(line -> line.replaceAll("(?i)said so|said|SOP|UDI", ""))
                                  .filter(line -> ENGLISH.matcher(line).find())
                                  .distinct()
                                  .toList())
                          .isEmpty();
                    }));
  }

  private static RecordView isForPeople(Resource resource) {
    RecordView view = RecordView.of(resource, TUESDAY);
    String shown =
        view.lines().stream()
            .map(line -> line.label() + ": " + line.value())
            .collect(Collectors.joining("\n", view.kind() + " " + view.title() + "\n", ""));
    assertThat(FOR_MACHINES.matcher(shown).results().map(r -> r.group()).toList())
        .as(shown)
        .isEmpty();
    assertThat(shown).doesNotContain(ID);
    assertThat(view.lines()).allSatisfy(line -> assertThat(line.label()).isNotBlank());
    return view;
  }

  private static Resource filled(String type) {
    var resource = (Resource) R4.getResourceDefinition(type).newInstance();
    fill(resource, R4.getResourceDefinition(type), 0);
    resource.setId(ID);
    return resource;
  }

  private static void fill(
      IBase into, BaseRuntimeElementCompositeDefinition<?> definition, int depth) {
    if (depth > 3) {
      return;
    }
    for (BaseRuntimeChildDefinition child : definition.getChildren()) {
      if (child instanceof RuntimeChildDirectResource || child instanceof RuntimeChildExtension) {
        continue;
      }
      String name = child.getValidChildNames().stream().sorted().findFirst().orElseThrow();
      BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
      if (element == null || child.getElementName().matches("contained|meta|id|url|extension")) {
        continue;
      }
      IBase value = element.newInstance(child.getInstanceConstructorArguments());
      put(value, element, depth);
      if (!value.isEmpty()) {
        child.getMutator().addValue(into, value);
      }
    }
  }

  private static void put(IBase value, BaseRuntimeElementDefinition<?> element, int depth) {
    if (value instanceof Narrative narrative) {
      narrative.setStatus(Narrative.NarrativeStatus.ADDITIONAL);
      narrative.setDivAsString("<div>said <b onclick=\"x()\">so</b><script>no</script></div>");
    } else if (value instanceof Reference reference) {
      reference.setReference("Encounter/" + ID);
    } else if (value instanceof Extension || value instanceof Enumeration<?>) {
      return; // no codes are made up
    } else if (value instanceof IPrimitiveType<?> primitive) {
      primitive.setValueAsString(words(element.getName()));
    } else if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
      fill(value, composite, depth + 1);
    }
  }

  private static String words(String type) {
    return switch (type) {
      case "boolean" -> "true";
      case "integer", "positiveInt", "unsignedInt" -> "7";
      case "decimal" -> "7.50";
      case "date" -> "2026-03-14";
      case "dateTime" -> "2026-03-14T10:12:00+09:00";
      case "instant" -> "2026-03-14T10:12:00.123+09:00";
      case "time" -> "10:12:00";
      case "base64Binary" -> "c2FpZCBzbw==".repeat(20);
      case "uri", "url", "canonical" -> "urn:uuid:0e4k2x9q-7m1t";
      case "oid" -> "urn:oid:1.2.3.4";
      case "uuid" -> "urn:uuid:c757873d-ec9a-4326-a141-556f43239520";
      case "id" -> ID;
      default -> "said so";
    };
  }
}
