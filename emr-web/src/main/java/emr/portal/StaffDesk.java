package emr.portal;

import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.faces.Viewpoint;
import emr.faces.account.StaffPage;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import emr.identity.Staff;
import emr.identity.StaffAccount;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** Who works at the portal, for operators and for administrators of hosted hospitals. */
@Named("staffPage")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffDesk extends StaffPage {

  private static final long serialVersionUID = 1L;

  @Inject StaffAdministration administration;
  @Inject Hospitals hospitals;
  @Inject SignedIn signedIn;

  @Override
  @RequiresPermissions("staff:manage")
  public void load() {
    super.load();
  }

  @Override
  protected Viewpoint viewpoint() {
    return PortalText.viewpoint();
  }

  @Override
  protected List<Row> people() {
    Staff looking = signedIn.require();
    return administration.all(looking).stream().map(account -> row(account, looking)).toList();
  }

  private Row row(StaffAccount account, Staff looking) {
    Staff staff = account.staff();
    HospitalId place = staff.hospital();
    Role role = staff.role();
    return new Row(
        staff.user(),
        staff.name(),
        place == null
            ? PortalText.of("centre")
            : hospitals.find(place).map(Hospital::name).orElse(place.value()),
        role == null ? "" : role.name(),
        PortalText.of("role." + (role == null ? "OPERATOR" : role.name())),
        account.active(),
        account.footing().mustChange(),
        account.footing().secondFactor(),
        staff.user().equals(looking.user()));
  }

  @Override
  public List<Place> getPlaces() {
    if (!signedIn.require().operator()) {
      return List.of();
    }
    var places = new ArrayList<Place>();
    hospitals.all().stream()
        .filter(hospital -> hospital.hosted() && hospital.active())
        .forEach(hospital -> places.add(new Place(hospital.id().value(), hospital.name())));
    places.add(new Place("", PortalText.of("staff.operators")));
    return places;
  }

  @Override
  protected String open(String newUser, String newName, String newPlace, @Nullable Role newRole) {
    Staff by = signedIn.require();
    HospitalId place =
        by.operator() ? newPlace.isEmpty() ? null : new HospitalId(newPlace) : by.hospital();
    return administration.open(newUser.toLowerCase(Locale.ROOT), newName, place, newRole, by);
  }

  @Override
  protected void activate(String whose, boolean active) {
    administration.activate(whose, active, signedIn.require());
  }

  @Override
  protected void changeRole(String whose, Role to) {
    administration.changeRole(whose, to, signedIn.require());
  }

  @Override
  protected String firstPassword(String whose) {
    return administration.giveFirstPassword(whose, signedIn.require());
  }

  @Override
  protected void takeSecondFactor(String whose) {
    administration.takeSecondFactor(whose, signedIn.require());
  }
}
