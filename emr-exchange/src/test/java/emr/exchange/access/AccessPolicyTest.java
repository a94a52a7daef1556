package emr.exchange.access;

import static emr.exchange.Fixtures.ADA;
import static emr.exchange.Fixtures.NOON;
import static emr.exchange.Fixtures.NORTH;
import static emr.exchange.Fixtures.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-10")
@Tag("claim-14")
class AccessPolicyTest {

  private static final RecordId PAPER = RecordId.fresh("DocumentReference", Optional.of(ADA));

  private static final RecordId REQUEST = RecordId.fresh("ServiceRequest", Optional.of(ADA));

  private static final AccessPolicy ANY =
      new AccessPolicy(
          false,
          NORTH,
          ADA,
          SOUTH,
          null,
          null,
          Set.of(),
          Set.of(),
          Set.of(AccessRight.READ),
          NOON,
          null,
          true);

  @Test
  void aConsentOfSomebodyElseIsKeptAndNotEnforced() throws IOException {
    String consent =
        "{'resourceType':'Consent','status':'%s','scope':{'coding':[{'code':'%s'}]},"
            + "'organization':[{'identifier':{'system':'%s','value':'north'}}]%s}";
    String denies = ",'provision':{'type':'deny'}";
    assertThat(unenforced(consent.formatted("active", "patient-privacy", "urn:x", denies)))
        .isTrue();
    assertThat(
            unenforced(
                consent.formatted(
                    "active", "patient-privacy", "urn:x", ",'policyRule':{'text':'opt out'}")))
        .isTrue();
    assertThat(unenforced(consent.formatted("active", "patient-privacy", "urn:x", "")))
        .as("says nothing of access")
        .isFalse();
    assertThat(unenforced(consent.formatted("active", "treatment", "urn:x", denies))).isFalse();
    assertThat(unenforced(consent.formatted("inactive", "patient-privacy", "urn:x", denies)))
        .isFalse();
    assertThat(
            unenforced(consent.formatted("active", "patient-privacy", "urn:emr:hospital", denies)))
        .as("a policy")
        .isFalse();
  }

  private static boolean unenforced(String consent) throws IOException {
    return AccessPolicy.isUnenforced(new ObjectMapper().readTree(consent.replace('\'', '"')));
  }

  @Property(tries = 300)
  void aPolicyComesBackFromItsConsentAsItWas(@ForAll("policies") AccessPolicy policy) {
    assertThat(AccessPolicy.fromConsent(policy.toConsent("0-0000000000001"))).isEqualTo(policy);
  }

  @Test
  void aWithdrawnPolicyIsAnInactiveConsent() {
    ObjectNode consent = ANY.withdrawn().toConsent("1");

    assertThat(consent.path("status").asText()).isEqualTo("inactive");
    assertThat(AccessPolicy.fromConsent(consent).inForce()).isFalse();
  }

  @Test
  void whatAPatientSignedToLetAHospitalReadIsABasicConsentOfIhe() {
    ObjectNode consent = ANY.onPaper(PAPER).toConsent("1");

    assertThat(consent.at("/meta/profile/0").asText()).endsWith("IHE.PCF.consentBasic");
    assertThat(consent.at("/scope/coding/0/code").asText()).isEqualTo("patient-privacy");
    assertThat(consent.at("/category/0/coding/0/code").asText()).isEqualTo("59284-0");
    assertThat(consent.at("/patient/reference").asText()).isEqualTo("Patient/" + ADA);
    assertThat(consent.at("/performer/0/reference").asText()).isEqualTo("Patient/" + ADA);
    assertThat(consent.at("/organization/0/identifier/value").asText()).isEqualTo("north");
    assertThat(consent.at("/sourceReference/reference").asText()).isEqualTo(PAPER.toString());
    assertThat(consent.at("/policy/0/uri").asText()).isNotEmpty();
    assertThat(consent.has("dateTime")).isTrue();
    assertThat(consent.has("policyRule")).isFalse();
    assertThat(consent.has("verification")).isFalse();
    assertThat(consent.at("/provision/type").asText()).isEqualTo("permit");
    assertThat(consent.at("/provision/actor/0/role/coding/0/code").asText()).isEqualTo("IRCP");
    for (String not : List.of("action", "class", "code", "securityLabel", "data", "provision")) {
      assertThat(consent.path("provision").has(not)).as(not).isFalse();
    }
  }

  @Test
  void whatABasicConsentCannotSayClaimsToBeNone() {
    assertThat(ANY.toConsent("1").has("meta")).as("nobody signed it").isFalse();
    ObjectNode limited = ANY.onPaper(PAPER).toConsent("1");
    ((ObjectNode) limited.path("provision"))
        .putArray("class")
        .addObject()
        .put("system", "http://hl7.org/fhir/resource-types")
        .put("code", "Observation");

    assertThat(AccessPolicy.fromConsent(limited).toConsent("1").has("meta")).isFalse();
  }

  @Test
  void aConsentThatNamesNoActionsPermitsToReadAndRefusesAll() {
    ObjectNode consent = ANY.toConsent("1");
    ((ObjectNode) consent.path("provision")).remove("action");
    assertThat(AccessPolicy.fromConsent(consent).rights()).containsExactly(AccessRight.READ);

    ((ObjectNode) consent.path("provision")).put("type", "deny");
    assertThat(AccessPolicy.fromConsent(consent).rights())
        .containsExactlyInAnyOrder(AccessRight.READ, AccessRight.STORE);
  }

  @Test
  void aWithdrawalSaysWhy() {
    ObjectNode consent = ANY.toWithdrawal("1", " The patient asked for it. ", "Dr Ada", NOON);

    assertThat(AccessPolicy.fromConsent(consent)).isEqualTo(ANY.withdrawn());
    assertThat(AccessPolicy.withdrawnBecause(consent)).isEqualTo("The patient asked for it.");
    assertThat(AccessPolicy.withdrawnBecause(ANY.toConsent("1"))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ANY.toWithdrawal("1", "because ", "Dr Ada", NOON));
  }

  @Test
  void whatGoesWithAReferralNamesItAndStillDoesWhenItIsWithdrawn() {
    AccessPolicy referred = referred();
    ObjectNode consent = referred.toWithdrawal("1", "Seen, and sent back.", "Dr Ada", NOON);

    assertThat(consent.has("sourceReference")).isFalse();
    assertThat(consent.at("/provision/data").isMissingNode()).as("it is not limited").isTrue();
    assertThat(AccessPolicy.fromConsent(consent)).isEqualTo(referred.withdrawn());
    assertThat(AccessPolicy.withdrawnBecause(consent)).isEqualTo("Seen, and sent back.");
  }

  @Test
  void onlyAPermissionOfOnePatientWithAnEndGoesWithAReferral() {
    assertThatIllegalArgumentException().as("no end").isThrownBy(() -> ANY.by(REQUEST));
    assertThatIllegalArgumentException().isThrownBy(() -> refusal(SOUTH).by(REQUEST));
    assertThatIllegalArgumentException().isThrownBy(() -> referred().by(PAPER));

    ObjectNode twice = referred().toConsent("1");
    ((ArrayNode) twice.path("extension")).add(twice.at("/extension/0").deepCopy());
    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(twice));
    ObjectNode nothing = referred().toConsent("1");
    ((ObjectNode) nothing.at("/extension/0")).remove("valueReference");
    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(nothing));
  }

  private static AccessPolicy referred() {
    return new AccessPolicy(
            false,
            NORTH,
            ADA,
            SOUTH,
            null,
            null,
            Set.of(),
            Set.of(),
            Set.of(AccessRight.READ, AccessRight.STORE),
            NOON,
            NOON.plusSeconds(86_400),
            true)
        .by(REQUEST);
  }

  @Test
  void aConsentOfAPartnersOwnIsNoPolicy() {
    ObjectNode consent = ANY.toConsent("1");
    consent.remove("organization");

    assertThat(AccessPolicy.isPolicy(consent)).isFalse();
  }

  @Test
  void aConsentThatDeniesIsARefusal() {
    ObjectNode consent = ANY.toConsent("1");
    ((ObjectNode) consent.path("provision")).put("type", "deny");

    assertThat(AccessPolicy.fromConsent(consent).refuses()).isTrue();
  }

  @Test
  void aRefusalThatNamesNoHospitalIsForEveryOther() {
    ObjectNode consent = ANY.toConsent("1");
    ((ObjectNode) consent.path("provision")).put("type", "deny").remove("actor");

    assertThat(AccessPolicy.fromConsent(consent).hospital()).isNull();
  }

  @Test
  void whatAPolicyCannotSayIsRefusedAndNotPassedOver() {
    for (String limit : List.of("purpose", "code", "dataPeriod", "data", "provision")) {
      ObjectNode consent = ANY.toConsent("1");
      ((ObjectNode) consent.path("provision")).putObject(limit);

      assertThatIllegalArgumentException()
          .as(limit)
          .isThrownBy(() -> AccessPolicy.fromConsent(consent));
    }
    ObjectNode modified = ANY.toConsent("1");
    modified.putArray("modifierExtension").addObject().put("url", "urn:only-on-mondays");
    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(modified));
    ObjectNode within = ANY.toConsent("1");
    ((ObjectNode) within.path("provision")).putArray("modifierExtension").addObject();
    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(within));
  }

  @Test
  void aLabelThatIsNotKnownIsRefused() {
    ObjectNode consent = ANY.toConsent("1");
    ((ObjectNode) consent.path("provision"))
        .putArray("securityLabel")
        .addObject()
        .put("system", "urn:own")
        .put("code", "R");

    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(consent));
  }

  @Test
  void whoNamesNoSensitivityOpensWhatIsOrdinaryAndShutsEverything() {
    assertThat(ANY.sensitivities()).containsExactly(Sensitivity.NORMAL);
    assertThat(refusal(null).sensitivities()).containsExactlyInAnyOrder(Sensitivity.values());
  }

  private static AccessPolicy refusal(@Nullable HospitalId to) {
    return new AccessPolicy(
        true,
        NORTH,
        ADA,
        to,
        null,
        null,
        Set.of(),
        Set.of(),
        Set.of(AccessRight.READ),
        NOON,
        null,
        true);
  }

  @Test
  void noHospitalRefusesItself() {
    assertThatIllegalArgumentException().isThrownBy(() -> refusal(NORTH));
  }

  @Test
  void aPolicyThatCouldNotBeKeptIsRefused() {
    ObjectNode consent = ANY.toConsent("1");
    var period = (ObjectNode) consent.at("/provision/period");
    period.put("end", "+999999999-12-31T00:00:00Z");
    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(consent));

    ObjectNode named = ANY.toConsent("1");
    var actors = (ArrayNode) named.at("/provision/actor");
    var identifier =
        (ObjectNode) actors.add(actors.get(0).deepCopy()).get(1).at("/reference/identifier");
    identifier.put("system", "urn:emr:user");
    for (String name : List.of("x".repeat(65), "a\u0000b", " ")) {
      identifier.put("value", name);
      assertThatIllegalArgumentException()
          .as(name)
          .isThrownBy(() -> AccessPolicy.fromConsent(named));
    }
    identifier.put("system", "urn:emr:role").put("value", "surgeon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessPolicy.fromConsent(named))
        .withMessage("there is no such role");
  }

  @Test
  void aPolicyForNobodyIsRefused() {
    ObjectNode consent = ANY.toConsent("1");
    ((ObjectNode) consent.path("provision")).remove("actor");

    assertThatIllegalArgumentException().isThrownBy(() -> AccessPolicy.fromConsent(consent));
  }

  @Provide
  Arbitrary<AccessPolicy> policies() {
    Arbitrary<@Nullable PatientId> patients = Arbitraries.of(ADA).injectNull(0.5);
    Arbitrary<@Nullable Role> roles = Arbitraries.of(Role.class).injectNull(0.5);
    Arbitrary<@Nullable String> users = Arbitraries.of("dr.lee", "nurse.may").injectNull(0.5);
    Arbitrary<@Nullable Instant> ends =
        Arbitraries.of(NOON.plusSeconds(1), NOON.plusSeconds(86_400)).injectNull(0.5);
    Arbitrary<Set<String>> types =
        Arbitraries.of("Observation", "Condition", "Patient").set().ofMaxSize(3);
    Arbitrary<Set<AccessRight>> rights =
        Arbitraries.of(AccessRight.class).set().ofMinSize(1).ofMaxSize(2);
    Arbitrary<Set<Sensitivity>> labels = Arbitraries.of(Sensitivity.class).set().ofMaxSize(3);
    Arbitrary<Integer> kinds = Arbitraries.integers().between(0, 7);
    return Combinators.combine(patients, roles, users, ends, types, rights, labels, kinds)
        .as(
            (patient, role, user, until, type, right, label, kind) ->
                new AccessPolicy(
                        kind % 2 == 1,
                        NORTH,
                        patient,
                        kind == 3 ? null : SOUTH,
                        role,
                        user,
                        type,
                        label,
                        right,
                        NOON,
                        until,
                        kind > 3)
                    .onPaper(patient != null && kind % 3 == 0 ? PAPER : null))
        .map(
            policy ->
                policy.patient() == null || policy.refuses() || policy.until() == null
                    ? policy
                    : policy.by(REQUEST));
  }
}
