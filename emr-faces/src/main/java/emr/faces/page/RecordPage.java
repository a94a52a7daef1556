package emr.faces.page;

import emr.faces.CustodyTrack;
import emr.faces.PatientBanner;
import emr.faces.RecordHistory;
import emr.faces.entry.AdditionForm;
import emr.faces.entry.Complaint;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/record.xhtml}: one record, its versions, and an addition to it. */
public interface RecordPage extends Signing {

  /**
   * What is known about the newest version's receipt.
   *
   * @param verified whether the receipt's signature was checked just now and it names the version
   *     shown
   * @param fingerprint 64 hex digits in groups of four
   * @param signer who signed it
   * @param chain what it follows
   */
  record Receipt(boolean verified, String fingerprint, String signer, String storedAt, String chain)
      implements Serializable {}

  PatientBanner getBanner();

  /** FHIR type and logical id of the record, for links. */
  String getType();

  String getId();

  RecordHistory getHistory();

  /** Which view of the versions: pair, differences or one. */
  String getView();

  /** By which right this person sees the record, in a sentence; may be empty. */
  String getRight();

  /** Null where none is known. */
  @Nullable Receipt getReceipt();

  /** Its way to the centre; null where only the centre has it. */
  @Nullable CustodyTrack getTrack();

  boolean isMayAdd();

  /** Whether the form for an addition is open. */
  boolean isAdding();

  AdditionForm getForm();

  List<Complaint> getComplaints();

  /** Whether the record has a number that can be corrected. */
  boolean isValueCorrectable();

  /** States the record can be put into, as codes; empty if it has none. */
  List<String> getStates();

  /** Sends a file that the record names to the browser. */
  void download(String binary) throws IOException;
}
