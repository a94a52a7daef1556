package emr.faces.page;

import java.io.Serializable;
import java.util.List;

/**
 * What stands around every page; {@code /emr/frame.xhtml} takes it as {@code frame}. Its patient
 * search is posted, so that no name comes to stand in an address.
 */
public interface Frame {

  /**
   * A link of the rail.
   *
   * @param page file name without extension, in the same folder; also what is compared with the
   *     page's own {@code active}
   * @param icon name among the PrimeIcons
   * @param count small number behind it, or empty
   */
  record RailLink(String page, String icon, String label, String count) implements Serializable {}

  /** The hospital's name, or the centre's. */
  String getPlace();

  /** Name of who is signed in; empty if nobody is. */
  String getPerson();

  /** Role and purpose, such as "Physician · for treatment". */
  String getAsWhom();

  /** light, dark, contrast, or empty for what the device says. */
  String getTheme();

  void setTheme(String theme);

  /** Takes the theme over and shows the same page again. */
  String chooseTheme();

  /** Whether this person may look for patients at all. */
  boolean isSearching();

  String getQuery();

  void setQuery(String query);

  /** Leads to the page of patients, and has it search. */
  String find();

  /** Short words on the link to the centre, such as "Centre reachable · 3 unsent"; may be empty. */
  String getLinkText();

  /** Name among the PrimeIcons for {@link #getLinkText}. */
  String getLinkIcon();

  /** The page that {@link #getLinkText} leads to; empty if none. */
  String getLinkPage();

  /** What cannot be done now and what is safe, while something is away; empty normally. */
  String getAway();

  /** Links of pages without a patient. */
  List<RailLink> getRail();

  /** Links of pages about one patient; each gets the patient's id. */
  List<RailLink> getChartRail();

  String signOut();
}
