package emr.faces.page;

import emr.faces.PatientBanner;
import emr.faces.PatientName;
import emr.faces.entry.Complaint;
import emr.faces.entry.PatientForm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The bean of {@code /emr/page/patients.xhtml}: find a patient, or register a new one. */
public interface PatientsPage {

  /**
   * A patient found.
   *
   * @param here whether this hospital holds the patient's registration
   * @param centre whether the centre does
   * @param alike whether another row could be mistaken for this one
   * @param name in pieces, so that what differs from the row like it can be marked
   * @param kana the same of the name in kana
   */
  record Row(
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
  record Piece(String text, boolean differs) implements Serializable {

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

  String getQuery();

  void setQuery(String query);

  /** Searches and stays on the page. */
  void search();

  /** Whether a search was made, so that an empty list means that nobody was found. */
  boolean isSearched();

  List<Row> getRows();

  /** Rows on the page now: at first 25, and 25 more each time one asks. */
  default List<Row> getShown() {
    List<Row> all = getRows();
    return all.subList(0, Math.min(all.size(), getListed()));
  }

  default boolean isMore() {
    return getRows().size() > getListed();
  }

  /** How many rows may be on the page. */
  int getListed();

  /** Shows more of what was found. */
  void more();

  /** What the search could not ask, in words; empty if it asked everywhere. */
  String getGap();

  /** Whether two rows could be mistaken for each other. */
  default boolean isAlike() {
    return getRows().stream().anyMatch(Row::alike);
  }

  boolean isMayRegister();

  /** Whether the form for a new patient is open. */
  boolean isRegistering();

  void openForm();

  PatientForm getForm();

  List<Complaint> getComplaints();

  /** Registers the patient and leads to the new chart; stays if there are complaints. */
  String register();
}
