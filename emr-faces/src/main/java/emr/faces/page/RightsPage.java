package emr.faces.page;

import emr.faces.CustodyState;
import emr.faces.PatientBanner;
import emr.faces.entry.Complaint;
import emr.faces.entry.PolicyForm;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/rights.xhtml}: who may read and who may add. */
public interface RightsPage {

  /**
   * A policy.
   *
   * @param id of the record that carries it
   * @param who the hospital's name
   * @param detail role or person, in words
   * @param what kinds of records, in words
   * @param whose "this patient" or "all patients"
   * @param state null once the centre has put it in force
   */
  record Row(
      String id,
      String who,
      String detail,
      boolean read,
      boolean add,
      String what,
      String whose,
      String period,
      boolean inForce,
      @Nullable CustodyState state)
      implements Serializable {}

  /** A hospital that can be given rights. */
  record Hospital(String id, String name) implements Serializable {}

  /** Null on the page about all patients. */
  @Nullable PatientBanner getBanner();

  List<Row> getRows();

  List<Hospital> getHospitals();

  boolean isMayGrant();

  PolicyForm getForm();

  List<Complaint> getComplaints();

  /** The policy in the form as a plain sentence; empty until a hospital is chosen. */
  String getSentence();

  /** Shows {@link #getSentence} for what is in the form now. */
  void preview();

  String sign();

  /** Why a policy is withdrawn; asked before it is. */
  String getReason();

  void setReason(String reason);

  String withdraw(String id);
}
