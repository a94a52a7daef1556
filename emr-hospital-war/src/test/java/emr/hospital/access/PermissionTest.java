package emr.hospital.access;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PermissionTest {

  @Test
  void anAdministratorReadsNoChart() {
    assertThat(Permission.of(Role.ADMINISTRATOR))
        .doesNotContain(Permission.RECORD_READ, Permission.RECORD_STORE);
  }

  @Test
  @Tag("claim-10")
  @Tag("claim-14")
  void aPhysicianAndAnAdministratorMakePolicies() {
    for (Role role : Role.values()) {
      assertThat(Permission.of(role).contains(Permission.POLICY_MAKE))
          .isEqualTo(role == Role.PHYSICIAN || role == Role.ADMINISTRATOR);
    }
  }

  @Test
  void onlyAnAdministratorChangesSettings() {
    for (Role role : Role.values()) {
      assertThat(Permission.of(role).contains(Permission.SETTINGS_MANAGE))
          .isEqualTo(role == Role.ADMINISTRATOR);
    }
  }
}
