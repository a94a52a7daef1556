package emr.portal;

import emr.control.ControlServer;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.EmergencyOpening;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.faces.account.ChosenPurpose;
import emr.faces.account.Entrance;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.identity.Staff;
import emr.identity.StaffAccounts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sits before the portal in this request. For staff of a hosted hospital the portal makes the
 * access statements that a hospital's own server would make (claims 2, 10).
 */
@Named("signedIn")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class SignedIn {

  @Inject StaffAccounts accounts;
  @Inject Hospitals hospitals;
  @Inject ControlServer control;

  private @Nullable Staff found;
  private final Map<PatientId, Optional<EmergencyOpening>> opened = new HashMap<>();

  /** The person, if one is signed in and still has an account. */
  public Optional<Staff> staff() {
    if (found == null) {
      found = Entrance.ticket().flatMap(accounts::find).orElse(null);
    }
    return Optional.ofNullable(found);
  }

  /**
   * The person.
   *
   * @throws Refusal {@link Reason#NOT_AUTHENTICATED} if nobody is signed in
   */
  Staff require() {
    return staff()
        .orElseThrow(() -> new Refusal(Reason.NOT_AUTHENTICATED, "Sign in and try again."));
  }

  boolean may(Permission what) {
    return staff().map(person -> Permission.of(person).contains(what)).orElse(false);
  }

  /**
   * The hospital of the person.
   *
   * @throws Refusal {@link Reason#NOT_PERMITTED} for an operator, who has none
   */
  HospitalId hospital() {
    HospitalId hospital = require().hospital();
    if (hospital == null) {
      throw Refusal.notPermitted();
    }
    return hospital;
  }

  /** The name for people of the person's hospital; the centre's for an operator. */
  String place() {
    return Optional.ofNullable(require().hospital())
        .flatMap(hospitals::find)
        .map(Hospital::name)
        .orElse(PortalText.of("centre"));
  }

  /** Access right information of the person, good for one request (claims 10, 14). */
  AccessStatement statement(@Nullable PatientId patient, AccessRight... rights) {
    Set<AccessRight> named = rights.length == 0 ? EnumSet.allOf(AccessRight.class) : Set.of(rights);
    boolean breaksGlass =
        patient != null && named.equals(Set.of(AccessRight.READ)) && emergency(patient).isPresent();
    return statement(patient, breaksGlass ? Purpose.BREAK_GLASS : ChosenPurpose.of(role()), named);
  }

  private AccessStatement statement(
      @Nullable PatientId patient, Purpose purpose, Set<AccessRight> rights) {
    return AccessStatement.of(
        hospital(), require().user(), role(), purpose, patient, rights, Instant.now());
  }

  /** What the person has opened of that chart in an emergency, and is open now. */
  Optional<EmergencyOpening> emergency(PatientId patient) {
    if (!may(Permission.EMERGENCY_OPEN)) {
      return Optional.empty();
    }
    return opened.computeIfAbsent(
        patient,
        chart ->
            control.emergency(statement(chart, Purpose.BREAK_GLASS, Set.of(AccessRight.READ))));
  }

  /** What the person has opened in emergencies, and is open now; first what ends first. */
  List<EmergencyOpening> emergencies() {
    return may(Permission.EMERGENCY_OPEN)
        ? control.emergenciesOf(statement(null, Purpose.BREAK_GLASS, Set.of(AccessRight.READ)))
        : List.of();
  }

  Author author() {
    Staff person = require();
    return new Author(person.user(), person.name(), role());
  }

  /** Such as "Dr Eva East, physician". */
  String signer() {
    return require().name() + ", " + roleText().toLowerCase(Locale.ROOT);
  }

  String roleText() {
    return PortalText.of("role." + (require().role() == null ? "OPERATOR" : role().name()));
  }

  private Role role() {
    return Objects.requireNonNull(require().role(), "hospital() has turned operators away");
  }
}
