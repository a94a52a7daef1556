package emr.partner;

import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessRight;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

  @Test
  void bothVersionsOfSmartAreUnderstood() {
    assertThat(Scope.types("system/*.read")).isEqualTo(Map.of(AccessRight.READ, Set.of("*")));
    assertThat(Scope.types("system/Patient.rs system/Observation.rs"))
        .isEqualTo(Map.of(AccessRight.READ, Set.of("Patient", "Observation")));
    assertThat(Scope.types("system/*.write")).isEqualTo(Map.of(AccessRight.STORE, Set.of("*")));
    assertThat(Scope.types("system/*.cruds")).containsOnlyKeys(AccessRight.READ, AccessRight.STORE);
  }

  @Test
  void nobodyIsGrantedMoreThanIsRegistered() {
    assertThat(Scope.granted("system/*.read system/*.write", "system/*.rs"))
        .isEqualTo("system/*.read");
    assertThat(Scope.granted("system/*.cruds", "system/*.rs")).isEmpty();
    assertThat(Scope.granted("system/*.rs system/*.cud", "system/*.cruds"))
        .isEqualTo("system/*.rs system/*.cud");
    assertThat(Scope.granted("system/*.rs system/Patient.rs", "system/Patient.cruds"))
        .isEqualTo("system/Patient.rs");
    assertThat(Scope.granted("system/Patient.cruds", "system/*.cruds"))
        .isEqualTo("system/Patient.cruds");
  }

  @Test
  void aRightForAllTypesIsNotBound() {
    assertThat(Scope.bounds(Scope.types("system/*.rs system/Patient.rs system/Patient.cud")))
        .isEqualTo(Map.of(AccessRight.STORE, Set.of("Patient")));
  }

  @Test
  void aMisspeltScopeIsNoticed() {
    assertThat(Scope.allExist("system/*.rs system/Observation.cud")).isTrue();
    assertThat(Scope.allExist("system/*.rs system/Observaton.cud")).isFalse();
    assertThat(Scope.allExist(" ")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "system/Nonsense.rs",
        "user/*.read",
        "system/*.r",
        "system/Patient.sr",
        "system/Observation.rs?category=laboratory",
        "openid"
      })
  void whatDoesNotExistHereGivesNothing(String scope) {
    assertThat(Scope.granted(scope, "system/*.cruds")).isEmpty();
    assertThat(Scope.types(scope)).isEmpty();
  }
}
