package emr.hospital.terminal;

import emr.faces.Viewpoint;
import emr.hospital.access.Permission;
import emr.hospital.communication.Centre;
import emr.hospital.temporarystore.HoldTimes;
import emr.hospital.temporarystore.HospitalSettings;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** What the hospital's administrator sets: how long records wait here, and where the centre is. */
@Named("settings")
@ViewScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Settings implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject Desk desk;
  @Inject HospitalSettings settings;
  @Inject Centre centre;

  private String usual = "";
  private ArrayList<Line> lines = new ArrayList<>();
  private String newType = "";
  private String newMinutes = "";
  private String endpoints = "";

  /** The hold of one record type, in minutes as typed. */
  public static final class Line implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String type;
    private final String words;
    private String minutes;

    Line(String type, String words, String minutes) {
      this.type = type;
      this.words = words;
      this.minutes = minutes;
    }

    /** What people call records of the type. */
    public String getWords() {
      return words;
    }

    public String getMinutes() {
      return minutes;
    }

    public void setMinutes(@Nullable String minutes) {
      this.minutes = minutes == null ? "" : minutes.strip();
    }
  }

  /** View action. */
  @RequiresPermissions("settings:manage")
  public void load() {
    desk.staff(Permission.SETTINGS_MANAGE);
    HoldTimes times = settings.holdTimes();
    usual = minutes(times.usual());
    lines = new ArrayList<>();
    Viewpoint viewpoint = desk.viewpoint();
    times.byType().forEach((t, hold) -> lines.add(new Line(t, viewpoint.type(t), minutes(hold))));
    lines.sort(Comparator.comparing(Line::getWords));
    endpoints = centre.endpoints().stream().map(URI::toString).collect(Collectors.joining("\n"));
  }

  private static String minutes(Duration hold) {
    long seconds = hold.toSeconds();
    return seconds % 60 == 0
        ? Long.toString(seconds / 60)
        : String.format(Locale.ROOT, "%.2f", seconds / 60.0);
  }

  private static Duration hold(String minutes) {
    return Duration.ofSeconds(Math.round(Double.parseDouble(minutes.replace(',', '.')) * 60));
  }

  @RequiresPermissions("settings:manage")
  public String saveHolds() {
    Viewpoint viewpoint = desk.viewpoint();
    try {
      var byType = new HashMap<String, Duration>();
      for (Line line : lines) {
        if (!line.minutes.isEmpty()) {
          byType.put(line.type, hold(line.minutes));
        }
      }
      if (!newType.isEmpty()) {
        byType.put(newType, hold(newMinutes));
      }
      settings.useHoldTimes(new HoldTimes(hold(usual), byType));
    } catch (IllegalArgumentException unreadable) {
      Desk.say(FacesMessage.SEVERITY_ERROR, viewpoint.text("settings.hold-wrong"));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("settings.saved"));
    return "settings?faces-redirect=true";
  }

  @RequiresPermissions("settings:manage")
  public String saveEndpoints() {
    Viewpoint viewpoint = desk.viewpoint();
    try {
      centre.useEndpoints(
          endpoints.lines().map(String::strip).filter(s -> !s.isEmpty()).map(URI::create).toList());
    } catch (IllegalArgumentException wrong) {
      Desk.say(FacesMessage.SEVERITY_ERROR, viewpoint.text("settings.endpoint-wrong"));
      return "";
    }
    Desk.say(FacesMessage.SEVERITY_INFO, viewpoint.text("settings.saved"));
    return "settings?faces-redirect=true";
  }

  public String getUsual() {
    return usual;
  }

  public void setUsual(@Nullable String usual) {
    this.usual = usual == null ? "" : usual.strip();
  }

  /** Record types that have no hold of their own, by what people call them. */
  public List<SelectItem> getTypes() {
    Viewpoint viewpoint = desk.viewpoint();
    return Stream.of(ResourceType.values())
        .map(ResourceType::name)
        .filter(type -> lines.stream().noneMatch(line -> line.type.equals(type)))
        .filter(type -> !viewpoint.textOr("type." + type, "").isEmpty())
        .map(type -> new SelectItem(type, viewpoint.type(type)))
        .sorted(Comparator.comparing(SelectItem::getLabel))
        .toList();
  }

  public List<Line> getLines() {
    return lines;
  }

  public String getNewType() {
    return newType;
  }

  public void setNewType(@Nullable String newType) {
    this.newType = newType == null ? "" : newType.strip();
  }

  public String getNewMinutes() {
    return newMinutes;
  }

  public void setNewMinutes(@Nullable String newMinutes) {
    this.newMinutes = newMinutes == null ? "" : newMinutes.strip();
  }

  public String getEndpoints() {
    return endpoints;
  }

  public void setEndpoints(@Nullable String endpoints) {
    this.endpoints = endpoints == null ? "" : endpoints;
  }
}
