package emr.faces.page;

import emr.account.Preferences;
import emr.faces.account.Shown;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.List;

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
    return faces.getViewRoot().getViewId() + "?faces-redirect=true&includeViewParams=true";
  }

  public String getLanguage() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
  }

  public void setLanguage(String language) {
    this.language = language;
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

  public void setTheme(String theme) {
    this.theme = theme;
  }

  public String getDensity() {
    return getShown().density();
  }

  public void setDensity(String density) {
    this.density = density;
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
}
