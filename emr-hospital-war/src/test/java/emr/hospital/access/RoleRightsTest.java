package emr.hospital.access;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleRightsTest {

  @Test
  void aNurseReadsAnOrderAndMakesNone() {
    assertThat(RoleRights.mayRead(Role.NURSE, "MedicationRequest")).isTrue();
    assertThat(RoleRights.mayStore(Role.NURSE, "MedicationRequest")).isFalse();
  }

  @Test
  void aClerkRegistersAndReadsNoFindings() {
    assertThat(RoleRights.mayStore(Role.CLERK, "Patient")).isTrue();
    assertThat(RoleRights.mayRead(Role.CLERK, "Observation")).isFalse();
  }

  @Test
  void anAdministratorMakesPoliciesAndReadsNoCharts() {
    assertThat(RoleRights.mayStore(Role.ADMINISTRATOR, "Consent")).isTrue();
    assertThat(RoleRights.mayStore(Role.ADMINISTRATOR, "Observation")).isFalse();
    assertThat(RoleRights.mayRead(Role.ADMINISTRATOR, "Patient")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Organization", "Practitioner", "Location", "Medication"})
  void aDirectoryEntryMayBeAboutNobody(String type) {
    assertThat(RoleRights.isDirectory(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient", "Condition", "Observation", "Consent", "Secret"})
  void aClinicalRecordMayNot(String type) {
    assertThat(RoleRights.isDirectory(type)).isFalse();
  }
}
