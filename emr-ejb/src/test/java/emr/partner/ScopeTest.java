package emr.partner;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessRight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @Test
  void bothVersionsOfSmartAreUnderstood() {
    assertThat(Scope.rights("system/*.read")).containsExactly(AccessRight.READ);
    assertThat(Scope.rights("system/*.rs")).containsExactly(AccessRight.READ);
    assertThat(Scope.rights("system/*.write")).containsExactly(AccessRight.STORE);
    assertThat(Scope.rights("system/*.cruds"))
        .containsExactlyInAnyOrder(AccessRight.READ, AccessRight.STORE);
  }

  @Test
  void nobodyIsGrantedMoreThanIsRegistered() {
    assertThat(Scope.granted("system/*.read system/*.write", "system/*.rs"))
        .isEqualTo("system/*.read");
    assertThat(Scope.granted("system/*.cruds", "system/*.rs")).isEmpty();
    assertThat(Scope.granted("system/*.rs system/*.cud", "system/*.cruds"))
        .isEqualTo("system/*.rs system/*.cud");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "system/Patient.rs", "user/*.read", "system/*.r", "openid"})
  void whatDoesNotExistHereGivesNothing(String scope) {
    assertThat(Scope.granted(scope, "system/*.cruds")).isEmpty();
    assertThat(Scope.rights(scope)).isEmpty();
  }
}
