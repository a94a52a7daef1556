package emr.exchange.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleRightsTest {

  @Test
  void aNurseReadsAnOrderAndMakesNone() {
    assertThat(RoleRights.may(Role.NURSE, AccessRight.READ, "MedicationRequest")).isTrue();
    assertThat(RoleRights.may(Role.NURSE, AccessRight.STORE, "MedicationRequest")).isFalse();
  }

  @Test
  void aClerkRegistersAndReadsNoFindings() {
    assertThat(RoleRights.may(Role.CLERK, AccessRight.STORE, "Patient")).isTrue();
    assertThat(RoleRights.may(Role.CLERK, AccessRight.READ, "Observation")).isFalse();
  }

  @Test
  void anAdministratorMakesPoliciesAndReadsNoCharts() {
    assertThat(RoleRights.may(Role.ADMINISTRATOR, AccessRight.STORE, "Consent")).isTrue();
    assertThat(RoleRights.may(Role.ADMINISTRATOR, AccessRight.STORE, "Observation")).isFalse();
    assertThat(RoleRights.may(Role.ADMINISTRATOR, AccessRight.READ, "Patient")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Organization", "Practitioner", "Location", "Medication"})
  void aDirectoryEntryMayBeAboutNobody(String type) {
    assertThat(RoleRights.isDirectory(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient", "Condition", "Observation", "Consent", "Binary", "Secret"})
  void aClinicalRecordMayNot(String type) {
    assertThat(RoleRights.isDirectory(type)).isFalse();
  }
}
