package emr.faces.page;

import emr.faces.PatientBanner;
import emr.faces.entry.CodedList;
import emr.faces.entry.Complaint;
import emr.faces.entry.EntryForm;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/entry.xhtml}: write an entry, then review and sign it. Both are one
 * view, so that what was typed lives in the view and not in the session; view-scoped.
 */
public interface EntryPage extends Signing {

  EntryForm getForm();

  /** By FHIR resource type, whether this person may add such records. */
  Map<String, Boolean> getMayAdd();

  /** What stands between the entry and its review, as the last check found. */
  List<Complaint> getComplaints();

  /** Whether the entry is being reviewed rather than written. */
  boolean isReviewing();

  /** Checks the entry, and if nothing stands against it, shows it for review. */
  void review();

  /** Back to writing. */
  void back();

  /** What will go into the chart. */
  List<EntryForm.Part> getParts();

  /** The file chosen last; null until one is. */
  @Nullable Part getUpload();

  void setUpload(@Nullable Part upload);

  /** Takes the chosen file into the entry. */
  void attach() throws IOException;

  PatientBanner getBanner();

  default List<String> problems(String typed) {
    return CodedList.PROBLEMS.suggestions(typed);
  }

  default List<String> allergies(String typed) {
    return CodedList.ALLERGIES.suggestions(typed);
  }

  default List<String> medications(String typed) {
    return CodedList.MEDICATIONS.suggestions(typed);
  }
}
