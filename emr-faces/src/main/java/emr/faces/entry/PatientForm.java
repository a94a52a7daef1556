package emr.faces.entry;

import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.faces.PatientName;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/** A new patient as typed at registration. */
public final class PatientForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private String family = "";
  private String given = "";
  private String kanji = "";
  private String kana = "";
  private String sex = "";
  private String born = "";
  private String number = "";
  private String phone = "";
  private String address = "";

  /** The identifier system of {@code hospital}'s own patient numbers. */
  public static String numberSystem(HospitalId hospital) {
    return "urn:emr:hospital:" + hospital.value() + ":patient-number";
  }

  /** What must be put right first; empty when the patient can be registered. */
  public List<Complaint> complaints(Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    if (family.isEmpty() && given.isEmpty() && kanji.isEmpty()) {
      complaints.add(new Complaint("family", viewpoint.text("patient.name-missing")));
    }
    if (sex.isEmpty()) {
      complaints.add(new Complaint("sex", viewpoint.text("patient.sex-missing")));
    }
    Optional<LocalDate> day = Dates.day(born);
    if (day.isEmpty()) {
      complaints.add(
          new Complaint(
              "born",
              born.isEmpty()
                  ? viewpoint.text("patient.born-missing")
                  : viewpoint.text("date.unreadable", born)));
    } else if (day.get().isAfter(viewpoint.today())) {
      complaints.add(
          new Complaint("born", viewpoint.text("patient.born-future", viewpoint.day(day.get()))));
    }
    return complaints;
  }

  /**
   * The patient as a FHIR resource.
   *
   * @throws IllegalStateException if {@link #complaints} were not settled
   */
  public Patient toPatient(PatientId id, HospitalId hospital) {
    var patient = new Patient();
    patient.setId(id.value());
    patient.setActive(true);
    if (!number.isEmpty()) {
      var identifier = patient.addIdentifier().setSystem(numberSystem(hospital)).setValue(number);
      identifier.setType(EntryForm.hl7("v2-0203", "MR"));
    }
    if (!family.isEmpty() || !given.isEmpty()) {
      addName(patient, "ABC", family, given);
    }
    if (!kanji.isEmpty()) {
      addName(patient, "IDE", before(kanji), after(kanji));
    }
    if (!kana.isEmpty()) {
      addName(patient, "SYL", before(kana), after(kana));
    }
    patient.setGender(AdministrativeGender.fromCode(sex));
    LocalDate day = Dates.day(born).orElseThrow(() -> new IllegalStateException("no birth date"));
    patient.setBirthDateElement(new DateType(day.toString()));
    if (!phone.isEmpty()) {
      patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(phone);
    }
    if (!address.isEmpty()) {
      patient.addAddress().setText(address);
    }
    return patient;
  }

  private static void addName(Patient patient, String script, String family, String given) {
    var name = patient.addName().setUse(NameUse.OFFICIAL);
    if (!family.isEmpty()) {
      name.setFamily(family);
    }
    if (!given.isEmpty()) {
      name.addGiven(given);
    }
    name.addExtension(PatientName.SCRIPT, new CodeType(script));
  }

  private static String before(String name) {
    return name.split("[\\s\u3000]+", 2)[0];
  }

  private static String after(String name) {
    String[] parts = name.split("[\\s\u3000]+", 2);
    return parts.length > 1 ? parts[1] : "";
  }

  private static String stripped(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  public String getFamily() {
    return family;
  }

  public void setFamily(@Nullable String family) {
    this.family = stripped(family);
  }

  public String getGiven() {
    return given;
  }

  public void setGiven(@Nullable String given) {
    this.given = stripped(given);
  }

  public String getKanji() {
    return kanji;
  }

  public void setKanji(@Nullable String kanji) {
    this.kanji = stripped(kanji);
  }

  public String getKana() {
    return kana;
  }

  public void setKana(@Nullable String kana) {
    this.kana = stripped(kana);
  }

  /** A code of AdministrativeGender. */
  public String getSex() {
    return sex;
  }

  public void setSex(@Nullable String sex) {
    this.sex = stripped(sex);
  }

  public String getBorn() {
    return born;
  }

  public void setBorn(@Nullable String born) {
    this.born = stripped(born);
  }

  public String getNumber() {
    return number;
  }

  public void setNumber(@Nullable String number) {
    this.number = stripped(number);
  }

  public String getPhone() {
    return phone;
  }

  public void setPhone(@Nullable String phone) {
    this.phone = stripped(phone);
  }

  public String getAddress() {
    return address;
  }

  public void setAddress(@Nullable String address) {
    this.address = stripped(address);
  }
}
