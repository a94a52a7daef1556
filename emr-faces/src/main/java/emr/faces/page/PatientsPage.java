package emr.faces.page;

import emr.faces.PatientBanner;
import emr.faces.PatientName;
import emr.faces.entry.Complaint;
import emr.faces.entry.PatientForm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The bean of {@code /emr/page/patients.xhtml}: find a patient, or register a new one. */
public interface PatientsPage {

  /**
   * A patient found.
   *
   * @param here whether this hospital holds the patient's registration
   * @param centre whether the centre does
   * @param alike whether another row could be mistaken for this one
   */
  record Row(PatientBanner banner, boolean here, boolean centre, boolean alike)
      implements Serializable {

    /** {@code rows} with those marked that sound alike. */
    public static List<Row> marked(List<Row> rows) {
      var marked = new ArrayList<Row>();
      for (Row row : rows) {
        PatientName name = row.banner().name();
        boolean alike = rows.stream().anyMatch(r -> r != row && r.banner().name().soundsLike(name));
        marked.add(new Row(row.banner(), row.here(), row.centre(), alike));
      }
      return marked;
    }
  }

  String getQuery();

  void setQuery(String query);

  /** Searches and stays on the page. */
  void search();

  /** Whether a search was made, so that an empty list means that nobody was found. */
  boolean isSearched();

  List<Row> getRows();

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
