package emr.exchange.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.exchange.record.HospitalId;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.Json;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trial before a policy is signed: what could this person see of a chart?
 *
 * @param hospital of the person
 * @param user the name they sign in with there; {@link #ANYBODY} for nobody in particular
 * @param draft a policy that is not signed yet, as a Consent; null for none
 */
public record Simulation(HospitalId hospital, Role role, String user, @Nullable String draft)
    implements Serializable {

  /** No user's name: it has a blank in it. */
  public static final String ANYBODY = "nobody in particular";

  public Simulation {
    Objects.requireNonNull(hospital);
    Objects.requireNonNull(role);
    if (user.isBlank() || user.length() > 64) {
      throw new IllegalArgumentException("a user's name has 1 to 64 characters");
    }
  }

  /**
   * The draft; null for none.
   *
   * @throws IllegalArgumentException if it is no policy
   */
  public @Nullable AccessPolicy policy() {
    if (draft == null) {
      return null;
    }
    try {
      return AccessPolicy.fromConsent(
          Json.read(draft.getBytes(StandardCharsets.UTF_8), ObjectNode.class));
    } catch (BrokenSeal e) {
      throw new IllegalArgumentException("the draft is not a Consent", e);
    }
  }

  /**
   * What the person could do with the hospital's own records of a type.
   *
   * @param kept how many there are
   * @param readNow how many they can read
   * @param readThen how many they could read with the draft
   * @param addsNow whether they can add a new one; in another hospital's chart, to one that is kept
   * @param addsThen whether they could with the draft
   */
  public record Line(
      String type, long kept, long readNow, long readThen, boolean addsNow, boolean addsThen)
      implements Serializable {}
}
