package emr.access;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
  void whoWroteAVersionMayReadIt() {
    RecordFacts addition = new RecordFacts(NOTE, ADA, NORTH, SOUTH);
    assertThat(judge(READ, asker(SOUTH, Role.PHYSICIAN), addition).rule()).isEqualTo(Decision.OWN);
  }

  @Test
  void anAdministratorReadsNoChart() {
    assertThat(judge(READ, asker(NORTH, Role.ADMINISTRATOR), NOTE_OF_NORTH).permitted()).isFalse();
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

  private static StandingPolicy policy(Role role, Set<Short> types, AccessRight... rights) {
    return new StandingPolicy(
        5,
        6,
        1,
        NORTH,
        ADA,
        SOUTH,
        role,
        null,
        types,
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
