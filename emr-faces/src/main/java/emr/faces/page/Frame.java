package emr.faces.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import emr.account.Preferences;
import emr.account.Ticket;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.faces.account.ChosenPurpose;
import emr.faces.account.Entrance;
import emr.faces.account.Shown;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page; {@code /emr/frame.xhtml} takes it as {@code frame}. Its patient
 * search is posted, so that no name comes to stand in an address.
 */
public abstract class Frame {

  /**
   * A link of the rail.
   *
   * @param page file name without extension, in the same folder; also what is compared with the
   *     page's own {@code active}
   * @param icon name among the PrimeIcons
   * @param count small number behind it, or empty
   */
  public record RailLink(String page, String icon, String label, String count)
      implements Serializable {}

  private static final List<Licence> LICENCES = licences();

  private String language = "";
  private boolean era;
  private String theme = "";
  private String density = "";
  private boolean singleKeys = true;

  /** The hospital's name, or the centre's. */
  public abstract String getPlace();

  /** Name of who is signed in; empty if nobody is. */
  public abstract String getPerson();

  /** Role and purpose, such as "Physician · for treatment". */
  public abstract String getAsWhom();

  /** In which role they act; null for nobody, and for who has none. */
  protected abstract @Nullable Role role();

  /** For what they may say that they act, the usual first; empty for nobody. */
  public List<Purpose> getPurposes() {
    Role role = role();
    return role == null ? List.of() : Purpose.choices(role);
  }

  /** For what they act now; null for nobody. */
  public @Nullable Purpose getPurpose() {
    Role role = role();
    return role == null ? null : ChosenPurpose.of(role);
  }

  /** From now on, and until they sign out, the person acts for {@code purpose}. */
  public String act(Purpose purpose) {
    if (getPurposes().contains(purpose)) {
      ChosenPurpose.choose(purpose);
    }
    return here();
  }

  /** Leads to the page that is open, to be made anew. */
  private static String here() {
    return FacesContext.getCurrentInstance().getViewRoot().getViewId()
        + "?faces-redirect=true&includeViewParams=true";
  }

  /** Keeps with the account how its person wants pages shown. */
  protected abstract void keep(Preferences chosen);

  /** How pages are shown now. */
  public Preferences getShown() {
    return Shown.now();
  }

  /** Takes over what was chosen in the user menu and shows the same page again, as it is stored. */
  public String choose() {
    var chosen = new Preferences(language, era, theme, density, singleKeys, getShown().guided());
    keep(chosen);
    FacesContext faces = FacesContext.getCurrentInstance();
    Shown.like((HttpSession) faces.getExternalContext().getSession(true), chosen);
    return here();
  }

  public String getLanguage() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
  }

  public void setLanguage(@Nullable String language) {
    this.language = language == null ? "" : language;
  }

  public boolean isEra() {
    return getShown().era();
  }

  public void setEra(boolean era) {
    this.era = era;
  }

  public String getTheme() {
    return getShown().theme();
  }

  public void setTheme(@Nullable String theme) {
    this.theme = theme == null ? "" : theme;
  }

  public String getDensity() {
    return getShown().density();
  }

  public void setDensity(@Nullable String density) {
    this.density = density == null ? "" : density;
  }

  public boolean isSingleKeys() {
    return getShown().singleKeys();
  }

  public void setSingleKeys(boolean singleKeys) {
    this.singleKeys = singleKeys;
  }

  /** Whether this person may look for patients at all. */
  public abstract boolean isSearching();

  public abstract String getQuery();

  public abstract void setQuery(String query);

  /** Leads to the page of patients, and has it search. */
  public abstract String find();

  /** Short words on the link to the centre, such as "Centre reachable · 3 unsent"; may be empty. */
  public abstract String getLinkText();

  /** Name among the PrimeIcons for {@link #getLinkText}. */
  public abstract String getLinkIcon();

  /** The page that {@link #getLinkText} leads to; empty if none. */
  public abstract String getLinkPage();

  /** What cannot be done now and what is safe, while something is away; empty normally. */
  public abstract String getAway();

  /** Links of pages without a patient. */
  public abstract List<RailLink> getRail();

  /** Links of pages about one patient; each gets the patient's id. */
  public abstract List<RailLink> getChartRail();

  public abstract String signOut();

  /** Address of the centre's CapabilityStatement. */
  public abstract String getConformance();

  /** The page at which somebody else may sign in. */
  public String getEntrance() {
    return "sign-in";
  }

  /** Where in the application {@link Beside} answers, with a slash at both ends. */
  public abstract String getBeside();

  /** Takes note that the guide was seen, and shows the same page again. */
  public String endGuide() {
    Preferences chosen = getShown().afterGuide();
    keep(chosen);
    FacesContext faces = FacesContext.getCurrentInstance();
    Shown.like((HttpSession) faces.getExternalContext().getSession(true), chosen);
    return faces.getViewRoot().getViewId() + "?faces-redirect=true";
  }

  public boolean isGuided() {
    return getShown().guided();
  }

  /** The release that runs here. */
  public String getVersion() {
    String version = Frame.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  /** A library that is part of this system. */
  public record Licence(String library, String licence) implements Serializable {}

  public List<Licence> getLicences() {
    return LICENCES;
  }

  private static List<Licence> licences() {
    try (InputStream in =
        Objects.requireNonNull(Frame.class.getResourceAsStream("/emr/faces/licences.tsv"))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split("\t", 2))
          .map(pair -> new Licence(pair[0], pair[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sign-in name of who is signed in; empty if nobody is. */
  public String getUser() {
    return Entrance.ticket().map(Ticket::user).orElse("");
  }
}
