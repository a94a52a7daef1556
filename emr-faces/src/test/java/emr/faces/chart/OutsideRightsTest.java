package emr.faces.chart;

import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.faces.ChartRecord;
import emr.faces.Sample;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("claim-14")
class OutsideRightsTest {

  private static final String NORTH = "North General Hospital";
  private static final HospitalId EAST = new HospitalId("east");
  private static final Reader PHYSICIAN = new Reader(EAST, Role.PHYSICIAN, "dr.east");
  private static final Reader CLERK = new Reader(EAST, Role.CLERK, "clerk.east");
  private static final String OPENED = NORTH + " lets your hospital read this chart.";

  @Test
  void aRightForAnotherRoleOrPersonIsNotNamed() {
    assertThat(rights(PHYSICIAN, permit(null, null))).containsExactly(OPENED);
    assertThat(rights(PHYSICIAN, permit(Role.PHYSICIAN, "dr.east"))).containsExactly(OPENED);
    assertThat(rights(PHYSICIAN, permit(Role.NURSE, null))).containsExactly(judged());
    assertThat(rights(PHYSICIAN, permit(null, "dr.other"))).containsExactly(judged());
  }

  @Test
  void aRightForTheHospitalIsNoneToItsClerksToReadProblems() {
    assertThat(rights(CLERK, permit(null, null))).containsExactly(judged());
    assertThat(rights(CLERK, permit(Role.CLERK, null))).containsExactly(OPENED);
  }

  @Test
  void aRightThatDoesNotNameTheLabelsIsNotNamed() {
    var hiv = new Condition();
    hiv.getMeta().addSecurity().setSystem(Sensitivity.HIV.system()).setCode("HIV");

    assertThat(of(PHYSICIAN, false, List.of(stored(hiv)), permit(null, null)))
        .containsExactly(judged());
    assertThat(of(PHYSICIAN, false, List.of(stored(hiv), problem()), permit(null, null)))
        .containsExactly(OPENED, TUESDAY.text("outside.right-others"));
  }

  @Test
  void aRightThatARefusalBeatsIsNotNamed() {
    assertThat(rights(PHYSICIAN, permit(null, null), refusal(null))).containsExactly(judged());
    assertThat(rights(PHYSICIAN, permit(null, null), refusal(Role.NURSE))).containsExactly(OPENED);
  }

  @Test
  void aRightToOtherTypesIsNotNamed() {
    assertThat(of(PHYSICIAN, false, List.of(problem()), permit(Set.of("Encounter"))))
        .containsExactly(judged());
    assertThat(of(PHYSICIAN, false, List.of(stored(new Encounter())), permit(Set.of("Encounter"))))
        .containsExactly(NORTH + " lets your hospital read part of this chart.");
  }

  @Test
  void whatIsOpenInAnEmergencyIsSaidToBe() {
    assertThat(of(PHYSICIAN, true, List.of(problem())))
        .containsExactly(TUESDAY.text("outside.right-emergency"));
  }

  private static String judged() {
    return TUESDAY.text("outside.right-other");
  }

  private static ChartRecord problem() {
    return stored(new Condition());
  }

  private static ChartRecord stored(Resource resource) {
    return Sample.stored(resource, NORTH);
  }

  private static List<String> rights(Reader reader, AccessPolicy... policies) {
    return of(reader, false, List.of(problem()), policies);
  }

  private static List<String> of(
      Reader reader, boolean emergency, List<ChartRecord> records, AccessPolicy... policies) {
    return OutsidePage.rights(reader, emergency, NORTH, records, List.of(policies), TUESDAY);
  }

  private static AccessPolicy permit(@Nullable Role role, @Nullable String user) {
    return policy(false, role, user, Set.of());
  }

  private static AccessPolicy permit(Set<String> types) {
    return policy(false, null, null, types);
  }

  private static AccessPolicy refusal(@Nullable Role role) {
    return policy(true, role, null, Set.of());
  }

  private static AccessPolicy policy(
      boolean refuses, @Nullable Role role, @Nullable String user, Set<String> types) {
    return new AccessPolicy(
        refuses,
        new HospitalId("north"),
        Sample.AIKO,
        EAST,
        role,
        user,
        types,
        Set.of(),
        Set.of(AccessRight.READ),
        TUESDAY.now().minusSeconds(60),
        null,
        true);
  }
}
