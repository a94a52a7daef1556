package emr.faces.page;

import emr.faces.PatientBanner;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import emr.faces.entry.Complaint;
import emr.faces.entry.PatientForm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/patients.xhtml}: find a patient, or register a new one. */
public abstract class PatientsPage implements Serializable {

  /**
   * A patient found.
   *
   * @param here whether this hospital holds the patient's registration
   * @param centre whether the centre does
   * @param alike whether another row could be mistaken for this one
   * @param name in pieces, so that what differs from the row like it can be marked
   * @param kana the same of the name in kana
   */
  public record Row(
      PatientBanner banner,
      boolean here,
      boolean centre,
      boolean alike,
      List<Piece> name,
      List<Piece> kana)
      implements Serializable {

    public Row(PatientBanner banner, boolean here, boolean centre, boolean alike) {
      this(
          banner,
          here,
          centre,
          alike,
          List.of(new Piece(banner.name().inLine(), false)),
          List.of(new Piece(banner.name().kana(), false)));
    }

    private Row beside(PatientName other) {
      return new Row(
          banner,
          here,
          centre,
          true,
          Piece.of(banner.name().inLine(), other.inLine()),
          Piece.of(banner.name().kana(), other.kana()));
    }

    /** {@code rows} with those marked that sound alike. */
    public static List<Row> marked(List<Row> rows) {
      var marked = new ArrayList<Row>();
      for (Row row : rows) {
        PatientName name = row.banner().name();
        marked.add(
            rows.stream()
                .filter(r -> r != row && r.banner().name().soundsLike(name))
                .findFirst()
                .map(other -> row.beside(other.banner().name()))
                .orElse(row));
      }
      return marked;
    }
  }

  /** Letters of a name, and whether they differ from a name like it. */
  public record Piece(String text, boolean differs) implements Serializable {

    /** {@code one} in pieces: what it begins and ends with as {@code other} does, and the rest. */
    static List<Piece> of(String one, String other) {
      int shorter = Math.min(one.length(), other.length());
      int from = 0;
      while (from < shorter && one.charAt(from) == other.charAt(from)) {
        from++;
      }
      int until = one.length();
      int rest = other.length();
      while (until > from && rest > from && one.charAt(until - 1) == other.charAt(rest - 1)) {
        until--;
        rest--;
      }
      return Stream.of(
              new Piece(one.substring(0, from), false),
              new Piece(one.substring(from, until), true),
              new Piece(one.substring(until), false))
          .filter(piece -> !piece.text().isEmpty())
          .toList();
    }
  }

  private static final long serialVersionUID = 1L;
  private static final int STEP = 25;

  private String query = "";
  private boolean searched;
  private ArrayList<Row> rows = new ArrayList<>();
  private int listed = STEP;
  private String gap = "";
  private boolean registering;
  private final PatientForm form = new PatientForm();
  private ArrayList<Complaint> complaints = new ArrayList<>();

  /** Searches and stays on the page. */
  public abstract void search();

  public abstract boolean isMayRegister();

  /** Registers the patient and leads to the new chart; stays if there are complaints. */
  public abstract String register();

  /** Searches for what was typed on another page, if anything was. */
  protected void searchFor(String words) {
    if (!words.isBlank()) {
      query = words;
      search();
    }
  }

  /**
   * @param missing what the search could not ask, in words; empty if it asked everywhere
   */
  protected void show(List<Row> found, String missing) {
    rows = new ArrayList<>(Row.marked(found));
    gap = missing;
    searched = true;
    listed = STEP;
  }

  /** Whether the form can be signed as it is; what is wrong is shown else. */
  protected boolean isSound(Viewpoint viewpoint) {
    complaints = new ArrayList<>(form.complaints(viewpoint));
    return complaints.isEmpty();
  }

  public String getQuery() {
    return query;
  }

  public void setQuery(@Nullable String query) {
    this.query = query == null ? "" : query;
  }

  /** Whether a search was made, so that an empty list means that nobody was found. */
  public boolean isSearched() {
    return searched;
  }

  /** Rows on the page now: at first 25, and 25 more each time one asks. */
  public List<Row> getShown() {
    return rows.subList(0, Math.min(rows.size(), listed));
  }

  public List<Row> getRows() {
    return rows;
  }

  public boolean isMore() {
    return rows.size() > listed;
  }

  /** Shows more of what was found. */
  public void more() {
    listed += STEP;
  }

  public String getGap() {
    return gap;
  }

  /** Whether two rows could be mistaken for each other. */
  public boolean isAlike() {
    return rows.stream().anyMatch(Row::alike);
  }

  /** Whether the form for a new patient is open. */
  public boolean isRegistering() {
    return registering;
  }

  public void openForm() {
    registering = true;
  }

  public PatientForm getForm() {
    return form;
  }

  public List<Complaint> getComplaints() {
    return complaints;
  }
}
