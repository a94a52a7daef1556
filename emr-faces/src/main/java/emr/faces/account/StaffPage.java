package emr.faces.account;

import emr.exchange.access.Role;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/staff.xhtml}: who may sign in, and as what. Nobody administers their
 * own account.
 */
public abstract class StaffPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * A person.
   *
   * @param place whose staff they are, in words; empty where that goes without saying
   * @param role code of the role; empty for who has none
   * @param roleText in words
   * @param mustChange whether their password was given by somebody else
   * @param self whether it is who looks
   */
  public record Row(
      String user,
      String name,
      String place,
      String role,
      String roleText,
      boolean active,
      boolean mustChange,
      boolean secondFactor,
      boolean self)
      implements Serializable {}

  /** Whose staff a new person can be. */
  public record Place(String id, String name) implements Serializable {}

  private ArrayList<Row> rows = new ArrayList<>();
  private final TreeMap<String, String> roles = new TreeMap<>();
  private String user = "";
  private String name = "";
  private String place = "";
  private String role = "";

  protected abstract Viewpoint viewpoint();

  protected abstract List<Row> people();

  /** Empty where there is only one. */
  public abstract List<Place> getPlaces();

  /**
   * Opens an account.
   *
   * @param newPlace empty for somebody of no hospital, who has no role then
   * @return its first password
   */
  protected abstract String open(
      String newUser, String newName, String newPlace, @Nullable Role newRole);

  protected abstract void activate(String whose, boolean active);

  protected abstract void changeRole(String whose, Role to);

  protected abstract String firstPassword(String whose);

  protected abstract void takeSecondFactor(String whose);

  /** View action. */
  public void load() {
    rows = new ArrayList<>(people());
    roles.clear();
    rows.forEach(row -> roles.put(row.user(), row.role()));
  }

  public List<String> getRoleCodes() {
    return List.of(
        Role.PHYSICIAN.name(), Role.NURSE.name(), Role.CLERK.name(), Role.ADMINISTRATOR.name());
  }

  @SuppressWarnings("UnusedException") // it says what the form said
  private static Role role(String code) {
    try {
      return Role.valueOf(code);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.UNPROCESSABLE, "There is no such role.");
    }
  }

  /** Takes a person in and shows their first password, this once. */
  public void add() {
    Viewpoint viewpoint = viewpoint();
    boolean roleless = place.isEmpty() && !getPlaces().isEmpty();
    if (name.isEmpty() || user.isEmpty() || role.isEmpty() && !roleless) {
      say(FacesMessage.SEVERITY_ERROR, viewpoint.text("staff.missing"));
      return;
    }
    done(
        () -> {
          String password = open(user, name, place, roleless ? null : role(role));
          String added = user;
          user = "";
          name = "";
          role = "";
          return viewpoint.text("staff.first", added, password);
        });
  }

  public void giveFirstPassword(String whose) {
    done(() -> viewpoint().text("staff.first", whose, firstPassword(whose)));
  }

  public void giveRole(String whose) {
    done(
        () -> {
          changeRole(whose, role(roles.getOrDefault(whose, "")));
          return viewpoint().text("staff.role-done", whose);
        });
  }

  public void resetSecondFactor(String whose) {
    done(
        () -> {
          takeSecondFactor(whose);
          return viewpoint().text("staff.factor-done", whose);
        });
  }

  public void switchOn(String whose, boolean active) {
    done(
        () -> {
          activate(whose, active);
          return viewpoint().text(active ? "staff.on-done" : "staff.off-done", whose);
        });
  }

  /**
   * @param act does something, gives the words that say so
   */
  private void done(Supplier<String> act) {
    try {
      say(FacesMessage.SEVERITY_INFO, act.get());
    } catch (Refusal refusal) {
      say(FacesMessage.SEVERITY_ERROR, viewpoint().explained(refusal));
    }
    load();
  }

  private static void say(FacesMessage.Severity severity, String words) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, words, null));
  }

  public List<Row> getRows() {
    return rows;
  }

  /** The role chosen for each person, by user name. */
  public Map<String, String> getRoles() {
    return roles;
  }

  public String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user.strip();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name.strip();
  }

  public String getPlace() {
    return place;
  }

  public void setPlace(String place) {
    this.place = place;
  }

  public String getRole() {
    return role;
  }

  public void setRole(String role) {
    this.role = role;
  }
}
