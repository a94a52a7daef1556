package emr.hospital.terminal;

import emr.exchange.access.Role;
import emr.faces.Viewpoint;
import emr.faces.account.StaffPage;
import emr.hospital.access.Permission;
import emr.hospital.access.Staff;
import emr.hospital.access.StaffAccount;
import emr.hospital.access.StaffDirectory;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** The hospital's administrator says who works here. */
@Named("staffPage")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class StaffAdministration extends StaffPage {

  private static final long serialVersionUID = 1L;

  @Inject StaffDirectory directory;
  @Inject Desk desk;

  private Staff administrator() {
    return desk.staff(Permission.SETTINGS_MANAGE);
  }

  @Override
  @RequiresPermissions("settings:manage")
  public void load() {
    super.load();
  }

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected List<Row> people() {
    Staff looking = administrator();
    return directory.all().stream().map(account -> row(account, looking)).toList();
  }

  private Row row(StaffAccount account, Staff looking) {
    Staff staff = account.staff();
    return new Row(
        staff.user(),
        staff.name(),
        "",
        staff.role().name(),
        viewpoint().text("role." + staff.role()),
        account.active(),
        account.footing().mustChange(),
        account.footing().secondFactor(),
        staff.user().equals(looking.user()));
  }

  @Override
  public List<Place> getPlaces() {
    return List.of();
  }

  @Override
  protected String open(String newUser, String newName, String newPlace, @Nullable Role newRole) {
    return directory.add(
        new Staff(newUser.toLowerCase(Locale.ROOT), newName, Objects.requireNonNull(newRole)),
        administrator());
  }

  @Override
  protected void activate(String whose, boolean active) {
    directory.activate(whose, active, administrator());
  }

  @Override
  protected void changeRole(String whose, Role to) {
    directory.changeRole(whose, to, administrator());
  }

  @Override
  protected String firstPassword(String whose) {
    return directory.giveFirstPassword(whose, administrator());
  }

  @Override
  protected void takeSecondFactor(String whose) {
    directory.takeSecondFactor(whose, administrator());
  }
}
