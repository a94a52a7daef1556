package emr.faces.entry;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Referral;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A referral as typed: to which hospital, why, how soon, and until when it may see the chart. */
public final class ReferralForm implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How long a referral lasts, in days, unless somebody says otherwise. */
  private static final int DAYS = 90;

  private String hospital = "";
  private String reason = "";
  private boolean urgent;
  private String until = "";
  private boolean adds = true;

  /** Proposes a last day. */
  public void begin(Viewpoint viewpoint) {
    until = viewpoint.day(viewpoint.today().plusDays(DAYS));
  }

  /** What must be put right first; empty when the referral can be signed. */
  public List<Complaint> complaints(HospitalId grantor, Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    if (hospital.isEmpty()) {
      complaints.add(new Complaint("refer-hospital", viewpoint.text("referral.hospital-missing")));
    } else if (!HospitalId.isWellFormed(hospital)) {
      complaints.add(new Complaint("refer-hospital", viewpoint.text("policy.hospital-form")));
    } else if (hospital.equals(grantor.value())) {
      complaints.add(new Complaint("refer-hospital", viewpoint.text("referral.own")));
    }
    if (reason.length() < Referral.SHORTEST_REASON || reason.length() > Referral.LONGEST_REASON) {
      complaints.add(new Complaint("refer-reason", viewpoint.text("referral.reason-missing")));
    }
    Optional<LocalDate> last = Dates.day(until);
    if (last.isEmpty()) {
      complaints.add(
          new Complaint(
              "refer-until",
              until.isEmpty()
                  ? viewpoint.text("referral.until-missing")
                  : viewpoint.text("date.unreadable", until)));
    } else if (!isWithinAYear(last.get(), viewpoint.today())) {
      complaints.add(new Complaint("refer-until", viewpoint.text("referral.period")));
    }
    return complaints;
  }

  private static boolean isWithinAYear(LocalDate last, LocalDate today) {
    return !last.isBefore(today) && !last.isAfter(today.plusYears(1));
  }

  /**
   * The referral, when nothing is complained of; its policy holds from now until the end of the
   * last day, and is about what is ordinary.
   */
  public Referral toReferral(HospitalId grantor, PatientId patient, Viewpoint viewpoint) {
    LocalDate last = Dates.day(until).orElseThrow();
    return new Referral(
        new AccessPolicy(
            false,
            grantor,
            patient,
            new HospitalId(hospital),
            null,
            null,
            Set.of(),
            Set.of(),
            adds ? EnumSet.allOf(AccessRight.class) : EnumSet.of(AccessRight.READ),
            viewpoint.now().truncatedTo(ChronoUnit.SECONDS),
            last.plusDays(1).atStartOfDay(viewpoint.zone()).toInstant(),
            true),
        reason,
        urgent);
  }

  public String getHospital() {
    return hospital;
  }

  public void setHospital(@Nullable String hospital) {
    this.hospital = EntryForm.stripped(hospital);
  }

  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = EntryForm.stripped(reason);
  }

  public boolean isUrgent() {
    return urgent;
  }

  public void setUrgent(boolean urgent) {
    this.urgent = urgent;
  }

  /** The last day on which it holds. */
  public String getUntil() {
    return until;
  }

  public void setUntil(@Nullable String until) {
    this.until = EntryForm.stripped(until);
  }

  /** Whether the hospital may add to the chart. */
  public boolean isAdds() {
    return adds;
  }

  public void setAdds(boolean adds) {
    this.adds = adds;
  }
}
