package emr.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.ReferenceClientParam;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HAPI's generic client does through its fluent API whatever FHIR R4 has, in JSON and in XML. */
class FhirClientIT {

  private IGenericClient client;
  private final String family = "Client" + UUID.randomUUID().toString().replace("-", "");

  @BeforeEach
  void makeClient() {
    client = Partner.hapi();
  }

  private void speak(EncodingEnum encoding) {
    client.setEncoding(encoding);
  }

  private Patient patient() {
    var patient = new Patient();
    patient.addName().setFamily(family).addGiven("Hanna");
    patient.setGender(AdministrativeGender.FEMALE);
    patient.addIdentifier().setSystem("urn:test").setValue(family);
    patient.getMeta().addTag().setSystem("urn:test").setCode("mine");
    return patient;
  }

  private static Observation observation(Patient patient, String value) {
    var observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.getCode().addCoding().setSystem("http://loinc.org").setCode("29463-7");
    observation.setSubject(new Reference(patient.getIdElement().toUnqualifiedVersionless()));
    observation.setValue(new Quantity().setUnit("kg").setValueElement(new DecimalType(value)));
    return observation;
  }

  private Patient created() {
    MethodOutcome outcome = client.create().resource(patient()).execute();
    assertThat(outcome.getCreated()).isTrue();
    return client.read().resource(Patient.class).withId(outcome.getId().toVersionless()).execute();
  }

  private Observation created(Observation observation) {
    MethodOutcome outcome = client.create().resource(observation).execute();
    return client.read().resource(Observation.class).withId(outcome.getId().getIdPart()).execute();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void whatIsCreatedIsReadAsItWasSent(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    assertThat(patient.getIdElement().getVersionIdPart()).isEqualTo("1");
    assertThat(patient.getMeta().getTag("urn:test", "mine")).isNotNull();
    Observation observation = created(observation(patient, "81.40"));
    assertThat(observation.getValueQuantity().getValueElement().getValueAsString())
        .isEqualTo("81.40");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void versionsFollowEachOtherAndStay(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    patient.setActive(true);
    MethodOutcome updated =
        client.update().resource(patient).withId(patient.getIdElement().getIdPart()).execute();
    assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");

    Patient first =
        client
            .read()
            .resource(Patient.class)
            .withIdAndVersion(patient.getIdElement().getIdPart(), "1")
            .execute();
    assertThat(first.hasActive()).isFalse();

    MethodOutcome patched =
        client
            .patch()
            .withBody("[{\"op\":\"replace\",\"path\":\"/active\",\"value\":false}]")
            .withId("Patient/" + patient.getIdElement().getIdPart())
            .execute();
    assertThat(patched.getId().getVersionIdPart()).isEqualTo("3");

    var fhirPath = new Parameters();
    Parameters.ParametersParameterComponent operation =
        fhirPath.addParameter().setName("operation");
    operation.addPart().setName("type").setValue(new CodeType("replace"));
    operation.addPart().setName("path").setValue(new StringType("Patient.active"));
    operation.addPart().setName("value").setValue(new BooleanType(true));
    client
        .patch()
        .withFhirPatch(fhirPath)
        .withId("Patient/" + patient.getIdElement().getIdPart())
        .execute();

    Bundle history =
        client
            .history()
            .onInstance(new IdType("Patient", patient.getIdElement().getIdPart()))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(history.getType()).isEqualTo(BundleType.HISTORY);
    assertThat(history.getEntry()).hasSize(4);
    assertThat(((Patient) history.getEntryFirstRep().getResource()).getActive()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void whoHasAnOldVersionIsToldSo(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    patient.setActive(true);
    client.update().resource(patient).execute();
    patient.setActive(false); // HAPI's client says in If-Match which version it has
    assertThatExceptionOfType(PreconditionFailedException.class)
        .isThrownBy(() -> client.update().resource(patient).execute());
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void whatIsDeletedIsGoneAndItsHistoryStays(EncodingEnum encoding) {
    speak(encoding);
    Observation observation = created(observation(created(), "1.0"));
    String id = observation.getIdElement().getIdPart();
    client.delete().resourceById("Observation", id).execute();
    assertThatExceptionOfType(ResourceGoneException.class)
        .isThrownBy(() -> client.read().resource(Observation.class).withId(id).execute());
    Bundle history =
        client
            .history()
            .onInstance(new IdType("Observation", id))
            .returnBundle(Bundle.class)
            .execute();
    assertThat(history.getEntry()).hasSize(2);
    assertThat(history.getEntryFirstRep().getRequest().getMethod()).isEqualTo(HTTPVerb.DELETE);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void searchesFindWithWhatTheyInclude(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    for (int i = 0; i < 5; i++) {
      created(observation(patient, i + ".50"));
    }
    Bundle found =
        client
            .search()
            .forResource(Observation.class)
            .where(
                new ReferenceClientParam("patient")
                    .hasId("Patient/" + patient.getIdElement().getIdPart()))
            .and(Observation.CODE.exactly().systemAndCode("http://loinc.org", "29463-7"))
            .include(Observation.INCLUDE_SUBJECT)
            .count(2)
            .returnBundle(Bundle.class)
            .execute();
    long observations = 0;
    int pages = 0;
    while (true) {
      pages++;
      observations +=
          found.getEntry().stream()
              .filter(entry -> entry.getResource() instanceof Observation)
              .count();
      assertThat(found.getEntry())
          .anyMatch(
              entry ->
                  entry.getResource() instanceof Patient included
                      && included
                          .getIdElement()
                          .getIdPart()
                          .equals(patient.getIdElement().getIdPart()));
      if (found.getLink(Bundle.LINK_NEXT) == null) {
        break;
      }
      found = client.loadPage().next(found).execute();
    }
    assertThat(observations).isEqualTo(5);
    assertThat(pages).isEqualTo(3);

    Bundle byName =
        client
            .search()
            .forResource(Patient.class)
            .where(Patient.FAMILY.matches().value(family))
            .revInclude(Observation.INCLUDE_SUBJECT)
            .usingStyle(SearchStyleEnum.POST)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(byName.getEntry()).hasSize(6);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void partsOfResourcesAreMarkedAsSuch(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    Bundle found =
        client
            .search()
            .forResource(Patient.class)
            .where(Patient.FAMILY.matches().value(family))
            .elementsSubset("gender")
            .returnBundle(Bundle.class)
            .execute();
    Patient part = (Patient) found.getEntryFirstRep().getResource();
    assertThat(part.getGender()).isEqualTo(AdministrativeGender.FEMALE);
    assertThat(part.hasName()).isFalse();
    assertThat(part.getMeta().getTag()).anyMatch(tag -> tag.getCode().equals("SUBSETTED"));
    Patient summary =
        client
            .read()
            .resource(Patient.class)
            .withId(patient.getIdElement().getIdPart())
            .summaryMode(SummaryEnum.TRUE)
            .execute();
    assertThat(summary.getNameFirstRep().getFamily()).isEqualTo(family);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void aTransactionIsDoneWhole(EncodingEnum encoding) {
    speak(encoding);
    var bundle = new Bundle();
    bundle.setType(BundleType.TRANSACTION);
    String placeholder = "urn:uuid:" + UUID.randomUUID();
    var patient = patient();
    bundle
        .addEntry()
        .setFullUrl(placeholder)
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Patient")
        .setIfNoneExist("identifier=urn:test|" + family);
    var observation = observation(new Patient(), "3.20");
    observation.setSubject(new Reference(placeholder));
    bundle
        .addEntry()
        .setResource(observation)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Observation");
    Bundle answer = client.transaction().withBundle(bundle).execute();
    assertThat(answer.getType()).isEqualTo(BundleType.TRANSACTIONRESPONSE);
    assertThat(answer.getEntry())
        .allSatisfy(entry -> assertThat(entry.getResponse().getStatus()).startsWith("201"));
    var made = new IdType(answer.getEntry().get(1).getResponse().getLocation());
    Observation stored =
        client.read().resource(Observation.class).withId(made.getIdPart()).execute();
    assertThat(stored.getSubject().getReference()).startsWith("Patient/");
    assertThat(stored.getValueQuantity().getValueElement().getValueAsString()).isEqualTo("3.20");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void conditionsChooseTheRecord(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    MethodOutcome again =
        client
            .create()
            .resource(patient())
            .conditional()
            .where(Patient.IDENTIFIER.exactly().systemAndIdentifier("urn:test", family))
            .execute();
    assertThat(again.getId().getIdPart()).isEqualTo(patient.getIdElement().getIdPart());
    var changed = patient();
    changed.setActive(true);
    MethodOutcome updated =
        client
            .update()
            .resource(changed)
            .conditional()
            .where(Patient.IDENTIFIER.exactly().systemAndIdentifier("urn:test", family))
            .execute();
    assertThat(updated.getId().getIdPart()).isEqualTo(patient.getIdElement().getIdPart());
    assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void operationsAnswer(EncodingEnum encoding) {
    speak(encoding);
    Patient patient = created();
    created(observation(patient, "7.0"));
    Bundle everything =
        client
            .operation()
            .onInstance(new IdType("Patient", patient.getIdElement().getIdPart()))
            .named("$everything")
            .withNoParameters(Parameters.class)
            .useHttpGet()
            .returnResourceType(Bundle.class)
            .execute();
    assertThat(everything.getEntry()).hasSize(2);

    var wrong = new Observation();
    wrong.setStatus(ObservationStatus.FINAL);
    var outcome =
        (OperationOutcome) client.validate().resource(wrong).execute().getOperationOutcome();
    assertThat(outcome.getIssue())
        .anySatisfy(
            issue -> {
              assertThat(issue.getSeverity()).isEqualTo(OperationOutcome.IssueSeverity.ERROR);
              assertThat(issue.getExpression().get(0).getValue()).isEqualTo("Observation.code");
            });

    var meta =
        client
            .meta()
            .get(Meta.class)
            .fromResource(new IdType("Patient", patient.getIdElement().getIdPart()))
            .execute();
    assertThat(meta.getTag("urn:test", "mine")).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void capabilitiesAreTold(EncodingEnum encoding) {
    speak(encoding);
    CapabilityStatement told = client.capabilities().ofType(CapabilityStatement.class).execute();
    assertThat(told.getFhirVersion().toCode()).isEqualTo("4.0.1");
    assertThat(told.getRestFirstRep().getResource()).hasSizeGreaterThan(140);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON", "XML"})
  void whatIsNotThereIsNotFound(EncodingEnum encoding) {
    speak(encoding);
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(
            () ->
                client
                    .read()
                    .resource(Organization.class)
                    .withId("no-such-organization")
                    .execute());
  }
}
