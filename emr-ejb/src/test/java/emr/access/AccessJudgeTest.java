package emr.access;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessJudgeTest {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final short NORTH = 1;
  private static final short SOUTH = 2;
  private static final long ADA = 77;
  private static final long BOB = 78;
  private static final short NOTE = RecordTypes.number("DocumentReference");
  private static final short ENCOUNTER = RecordTypes.number("Encounter");
  private static final RecordFacts NOTE_OF_NORTH = new RecordFacts(NOTE, ADA, NORTH, NORTH);

  @ParameterizedTest
  @EnumSource
  @Tag("claim-08")
  @Tag("claim-12")
  void aPhysicianHasBothRightsToRecordsOfTheOwnHospital(AccessRight right) {
    assertThat(judge(right, asker(NORTH, Role.PHYSICIAN), NOTE_OF_NORTH).rule())
        .isEqualTo(Decision.OWN);
  }

  @Test
  @Tag("claim-08")
  @Tag("claim-12")
  void theRightToReadIsNotTheRightToStore() {
    Asker reader = asker(NORTH, Role.PHYSICIAN, ADA, READ);
    assertThat(judge(READ, reader, NOTE_OF_NORTH).permitted()).isTrue();
    assertThat(judge(STORE, reader, NOTE_OF_NORTH).permitted()).isFalse();
  }

  @Test
  void aStatementIsAboutOnePatientOnly() {
    Asker aboutBob = asker(NORTH, Role.PHYSICIAN, BOB, READ);
    assertThat(judge(READ, aboutBob, NOTE_OF_NORTH).permitted()).isFalse();
  }

  @Test
  void aStatementWithoutPatientLeadsToPatientsAndNoFurther() {
    Asker anybody = asker(NORTH, Role.PHYSICIAN, null, READ);
    RecordFacts patient = new RecordFacts(RecordTypes.PATIENT, ADA, NORTH, NORTH);
    assertThat(judge(READ, anybody, patient).permitted()).isTrue();
    assertThat(judge(READ, anybody, NOTE_OF_NORTH).permitted()).isFalse();
  }

  @Test
  @Tag("claim-10")
  void anotherHospitalHasNoRightWithoutAPolicy() {
    assertThat(judge(READ, asker(SOUTH, Role.PHYSICIAN), NOTE_OF_NORTH).permitted()).isFalse();
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-14")
  void aPolicyOfTheCustodianOpensItsRecords() {
    Decision decision =
        judge(READ, asker(SOUTH, Role.PHYSICIAN), NOTE_OF_NORTH, policy(null, Set.of(), READ));
    assertThat(decision.rule()).isEqualTo("policy:5:6:1");
  }

  @Test
  void aPolicyToReadIsNoneToStore() {
    assertThat(
            judge(STORE, asker(SOUTH, Role.PHYSICIAN), NOTE_OF_NORTH, policy(null, Set.of(), READ))
                .permitted())
        .isFalse();
  }

  @Test
  void aPolicyForSomeTypesOpensNoOthers() {
    assertThat(
            judge(
                    READ,
                    asker(SOUTH, Role.PHYSICIAN),
                    NOTE_OF_NORTH,
                    policy(null, Set.of(ENCOUNTER), READ))
                .permitted())
        .isFalse();
  }

  @Test
  void aPolicyForAHospitalOpensToEachRoleWhatItMaySeeAtItsOwn() {
    assertThat(
            judge(READ, asker(SOUTH, Role.CLERK), NOTE_OF_NORTH, policy(null, Set.of(), READ))
                .permitted())
        .isFalse();
    assertThat(
            judge(READ, asker(SOUTH, Role.CLERK), NOTE_OF_NORTH, policy(Role.CLERK, Set.of(), READ))
                .permitted())
        .isTrue();
  }

  @Test
  void aSensitiveRecordIsOpenedByAPolicyThatNamesAllThatItIs() {
    RecordFacts delicate = labelled(Sensitivity.RESTRICTED, Sensitivity.HIV);
    Asker south = asker(SOUTH, Role.PHYSICIAN);
    assertThat(judge(READ, south, delicate, policy(null, Set.of(), READ)).permitted()).isFalse();
    assertThat(judge(READ, south, delicate, naming(Sensitivity.HIV)).permitted()).isFalse();
    assertThat(
            judge(READ, south, delicate, naming(Sensitivity.RESTRICTED, Sensitivity.HIV))
                .permitted())
        .isTrue();
    assertThat(judge(READ, asker(NORTH, Role.PHYSICIAN), delicate).rule()).isEqualTo(Decision.OWN);
  }

  @Test
  void aPolicyForSensitiveRecordsAloneOpensNoOthers() {
    assertThat(
            judge(READ, asker(SOUTH, Role.PHYSICIAN), NOTE_OF_NORTH, naming(Sensitivity.HIV))
                .permitted())
        .isFalse();
  }

  @Test
  void aRefusalBeatsWhatPermits() {
    assertThat(
            judge(
                    READ,
                    asker(SOUTH, Role.PHYSICIAN),
                    NOTE_OF_NORTH,
                    policy(Role.PHYSICIAN, Set.of(), READ),
                    refusal(SOUTH, Set.of()))
                .permitted())
        .isFalse();
  }

  @Test
  void aRefusalShutsOnlyWhatItNames() {
    assertThat(
            judge(
                    READ,
                    asker(SOUTH, Role.PHYSICIAN),
                    NOTE_OF_NORTH,
                    policy(null, Set.of(), READ),
                    refusal(SOUTH, Set.of(ENCOUNTER)))
                .permitted())
        .isTrue();
  }

  @Test
  void aRefusalToEveryOtherHospitalLeavesTheOwnPeopleTheirRight() {
    StandingPolicy everywhere = refusal(StandingPolicy.EVERY_OTHER, Set.of());
    assertThat(
            judge(
                    READ,
                    asker(SOUTH, Role.PHYSICIAN),
                    NOTE_OF_NORTH,
                    policy(null, Set.of(), READ),
                    everywhere)
                .permitted())
        .isFalse();
    assertThat(judge(READ, asker(NORTH, Role.PHYSICIAN), NOTE_OF_NORTH, everywhere).permitted())
        .isTrue();
  }

  @Test
  void aPermissionToARoleAtEveryOtherHospitalOpensToThatRoleThere() {
    StandingPolicy toPhysicians =
        standing(
            false, StandingPolicy.EVERY_OTHER, Role.PHYSICIAN, Set.of(), RecordFacts.NORMAL, READ);
    assertThat(judge(READ, asker(SOUTH, Role.PHYSICIAN), NOTE_OF_NORTH, toPhysicians).permitted())
        .isTrue();
    assertThat(judge(READ, asker(SOUTH, Role.NURSE), NOTE_OF_NORTH, toPhysicians).permitted())
        .isFalse();
  }

  @Test
  void whoWroteAVersionMayReadIt() {
    RecordFacts addition = new RecordFacts(NOTE, ADA, NORTH, SOUTH);
    assertThat(judge(READ, asker(SOUTH, Role.PHYSICIAN), addition).rule()).isEqualTo(Decision.OWN);
  }

  @Test
  @Tag("claim-12")
  void whoAddedToARecordOfAnotherHospitalAddsNoMoreByThatAlone() {
    RecordFacts addition = new RecordFacts(NOTE, ADA, NORTH, SOUTH);
    Asker south = asker(SOUTH, Role.PHYSICIAN);
    assertThat(judge(STORE, south, addition).permitted()).isFalse();
    assertThat(judge(STORE, south, addition, policy(null, Set.of(), STORE)).rule())
        .isEqualTo("policy:5:6:1");
    assertThat(judge(STORE, asker(NORTH, Role.PHYSICIAN), addition).rule())
        .as("the record is north's")
        .isEqualTo(Decision.OWN);
  }

  @Test
  void anAdministratorReadsNoChart() {
    assertThat(judge(READ, asker(NORTH, Role.ADMINISTRATOR), NOTE_OF_NORTH).permitted()).isFalse();
  }

  @Test
  void noPolicyOpensAChartToAnAdministrator() {
    StandingPolicy theirs = policy(Role.ADMINISTRATOR, Set.of(), READ, STORE);
    Asker administrator = asker(SOUTH, Role.ADMINISTRATOR);
    assertThat(judge(READ, administrator, NOTE_OF_NORTH, theirs).permitted()).isFalse();
    assertThat(judge(STORE, administrator, NOTE_OF_NORTH, theirs).permitted()).isFalse();
    RecordFacts consent = new RecordFacts(RecordTypes.CONSENT, ADA, NORTH, NORTH);
    assertThat(judge(READ, administrator, consent, theirs).permitted())
        .as("what the role may see at home can be opened")
        .isTrue();
  }

  @Test
  void theTrailIsToldWhatLiesBehindARefusal() {
    Asker south = asker(SOUTH, Role.PHYSICIAN);
    assertThat(because(south, NOTE_OF_NORTH)).isEmpty();
    assertThat(because(south, NOTE_OF_NORTH, refusal(SOUTH, Set.of()))).isEqualTo("policy:5:6:1");
    assertThat(because(south, NOTE_OF_NORTH, refusal(SOUTH, Set.of(ENCOUNTER)))).isEmpty();
    assertThat(because(asker(NORTH, Role.CLERK), NOTE_OF_NORTH)).isEqualTo(Decision.ROLE);
    assertThat(because(asker(NORTH, Role.PHYSICIAN, ADA, STORE), NOTE_OF_NORTH))
        .isEqualTo(Decision.SCOPE);
    assertThat(because(asker(NORTH, Role.PHYSICIAN, BOB, READ), NOTE_OF_NORTH))
        .as("of another chart nothing is told")
        .isEmpty();
  }

  @Test
  void aNurseReadsDiagnosesAndMakesNone() {
    RecordFacts diagnosis = new RecordFacts(RecordTypes.number("Condition"), ADA, NORTH, NORTH);
    assertThat(judge(READ, asker(NORTH, Role.NURSE), diagnosis).permitted()).isTrue();
    assertThat(judge(STORE, asker(NORTH, Role.NURSE), diagnosis).permitted()).isFalse();
  }

  @Test
  void theDirectoryIsForEverybodyToRead() {
    RecordFacts practitioner = new RecordFacts(RecordTypes.number("Practitioner"), 0, NORTH, NORTH);
    assertThat(judge(READ, asker(SOUTH, Role.CLERK), practitioner).rule())
        .isEqualTo(Decision.DIRECTORY);
    assertThat(judge(STORE, asker(SOUTH, Role.PHYSICIAN), practitioner).permitted()).isFalse();
  }

  @Test
  void whatMayHoldAnythingIsNotOfTheDirectory() {
    for (String type : List.of("Binary", "Bundle", "Parameters", "Consent", "Patient")) {
      assertThat(RecordTypes.isDirectory(RecordTypes.number(type))).as(type).isFalse();
    }
  }

  private static Decision judge(
      AccessRight right, Asker asker, RecordFacts record, StandingPolicy... policies) {
    return AccessJudge.judge(right, asker, List.of(policies), record, NOON);
  }

  private static String because(Asker asker, RecordFacts record, StandingPolicy... policies) {
    return AccessJudge.because(READ, asker, List.of(policies), record, NOON);
  }

  private static RecordFacts labelled(Sensitivity... labels) {
    return new RecordFacts(NOTE, ADA, NORTH, NORTH, Sensitivity.bits(Set.of(labels)));
  }

  private static StandingPolicy naming(Sensitivity... labels) {
    return standing(false, SOUTH, null, Set.of(), Sensitivity.bits(Set.of(labels)), READ);
  }

  private static StandingPolicy refusal(short hospital, Set<Short> types) {
    short all = Sensitivity.bits(Set.of(Sensitivity.values()));
    return standing(true, hospital, null, types, all, READ);
  }

  private static StandingPolicy policy(Role role, Set<Short> types, AccessRight... rights) {
    return standing(false, SOUTH, role, types, RecordFacts.NORMAL, rights);
  }

  private static StandingPolicy standing(
      boolean refuses,
      short hospital,
      @Nullable Role role,
      Set<Short> types,
      short sensitivity,
      AccessRight... rights) {
    return new StandingPolicy(
        refuses,
        5,
        6,
        1,
        NORTH,
        ADA,
        hospital,
        role,
        null,
        types,
        sensitivity,
        Set.of(rights),
        NOON.minusSeconds(1),
        NOON.plusSeconds(1),
        true);
  }

  private static Asker asker(short hospital, Role role) {
    return asker(hospital, role, ADA, READ, STORE);
  }

  private static Asker asker(short hospital, Role role, Long patient, AccessRight... rights) {
    AccessStatement statement =
        AccessStatement.of(
            new HospitalId(hospital == NORTH ? "north" : "south"),
            "somebody",
            role,
            Purpose.TREATMENT,
            null,
            Set.of(rights),
            NOON);
    return Asker.of(statement, hospital, patient == null ? null : new RecordKey(patient));
  }
}
