package emr.faces.entry;

import emr.account.DraftFile;
import emr.exchange.access.Sensitivity;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceCriticality;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceSeverity;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;

/**
 * One entry into a chart as it is typed: note, vital signs, problems, allergies, medication, orders
 * and files of one visit. Everything is text until it is {@linkplain #complaints checked}; then it
 * becomes {@linkplain #toResources FHIR resources} that are signed and sent as one submission.
 */
public final class EntryForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String LOINC = "http://loinc.org";
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final String SYSTOLIC = "8480-6";
  private static final String DIASTOLIC = "8462-4";

  private static final Map<String, String> VISITS =
      Map.of(
          "AMB", "ambulatory",
          "EMER", "emergency",
          "IMP", "inpatient encounter",
          "HH", "home health",
          "VR", "virtual");

  private String visit = "AMB";
  private Sensitivity sensitivity = Sensitivity.NORMAL;
  private String reason = "";
  private String subjective = "";
  private String objective = "";
  private String assessment = "";
  private String plan = "";
  private final List<VitalLine> vitals =
      new ArrayList<>(Arrays.stream(VitalSign.values()).map(VitalLine::new).toList());
  private final List<ProblemLine> problems = new ArrayList<>(List.of(new ProblemLine()));
  private final List<AllergyLine> allergies = new ArrayList<>(List.of(new AllergyLine()));
  private final List<DrugLine> drugs = new ArrayList<>(List.of(new DrugLine()));
  private boolean unreadChecked;
  private final List<OrderLine> orders = new ArrayList<>(List.of(new OrderLine()));
  private ArrayList<DraftFile> files = new ArrayList<>();

  /** A vital sign, its typed value, and what was measured last. */
  public static final class VitalLine implements Serializable {

    private static final long serialVersionUID = 1L;

    private final VitalSign sign;
    private String value = "";
    private String previous = "";
    private @Nullable BigDecimal previousNumber;
    private boolean kept;

    VitalLine(VitalSign sign) {
      this.sign = sign;
    }

    public VitalSign getSign() {
      return sign;
    }

    public String getValue() {
      return value;
    }

    public void setValue(@Nullable String value) {
      this.value = stripped(value);
    }

    /** As it was shown last, or empty. */
    public String getPrevious() {
      return previous;
    }

    /** Whether the writer said that an unusual value is right. */
    public boolean isKept() {
      return kept;
    }

    public void setKept(boolean kept) {
      this.kept = kept;
    }

    /** Whether the value is possible but unusual, so that the writer is asked. */
    public boolean isDoubtful() {
      return sign.read(value)
          .filter(sign::isPossible)
          .filter(typed -> !sign.isPlausible(typed, Optional.ofNullable(previousNumber)))
          .isPresent();
    }
  }

  /** What is added to one of the chart's lists, as typed. */
  public abstract static class Line implements Serializable {

    private static final long serialVersionUID = 1L;

    String text = "";
    @Nullable String twice;
    boolean kept;

    /** What the chart has already, as the last check found; null if nothing alike. */
    public @Nullable String getTwice() {
      return twice;
    }

    /** Whether the writer said that it is to be added all the same. */
    public boolean isKept() {
      return kept;
    }

    public void setKept(boolean kept) {
      this.kept = kept;
    }

    public String getText() {
      return text;
    }

    public void setText(@Nullable String text) {
      this.text = stripped(text);
    }
  }

  /** A problem and since when, as typed. */
  public static final class ProblemLine extends Line {

    private static final long serialVersionUID = 1L;

    private String since = "";

    public String getSince() {
      return since;
    }

    public void setSince(@Nullable String since) {
      this.since = stripped(since);
    }
  }

  /** An allergy, what it does, and how badly, as typed. */
  public static final class AllergyLine extends Line {

    private static final long serialVersionUID = 1L;

    private String reaction = "";
    private String severity = "";

    public String getReaction() {
      return reaction;
    }

    public void setReaction(@Nullable String reaction) {
      this.reaction = stripped(reaction);
    }

    /** mild, moderate, severe, or empty. */
    public String getSeverity() {
      return severity;
    }

    public void setSeverity(@Nullable String severity) {
      this.severity = stripped(severity);
    }
  }

  /** A drug, how to take it, and why it is prescribed although an allergy speaks against it. */
  public static final class DrugLine extends Line {

    private static final long serialVersionUID = 1L;

    private String dosage = "";
    private String although = "";
    private @Nullable String against;

    public String getDosage() {
      return dosage;
    }

    public void setDosage(@Nullable String dosage) {
      this.dosage = stripped(dosage);
    }

    /** The reason to prescribe in spite of an allergy. */
    public String getAlthough() {
      return although;
    }

    public void setAlthough(@Nullable String although) {
      this.although = stripped(although);
    }

    /** The allergy that speaks against it, as the last check found; null if none does. */
    public @Nullable String getAgainst() {
      return against;
    }
  }

  /**
   * What the chart says already: active problems, allergies, current medication, open orders.
   *
   * @param whole whether all of that could be read
   */
  public record Known(
      List<Noted> problems,
      List<Noted> allergies,
      List<Noted> medication,
      List<Ordered> orders,
      boolean whole)
      implements Serializable {

    public static final Known NOTHING = new Known(List.of(), List.of(), List.of(), List.of(), true);

    public Known {
      problems = List.copyOf(problems);
      allergies = List.copyOf(allergies);
      medication = List.copyOf(medication);
      orders = List.copyOf(orders);
    }
  }

  /**
   * What a part of the entry is called when it is reviewed.
   *
   * @param detail the content in a line, or empty
   */
  public record Part(String title, String count, String detail) implements Serializable {}

  static String stripped(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  /** Shows beside each vital sign what was measured last; other observations are passed over. */
  public void remember(List<Observation> newestFirst) {
    for (VitalLine line : vitals) {
      newestFirst.stream()
          .filter(o -> o.getCode().hasCoding(LOINC, line.sign.loinc()))
          .findFirst()
          .ifPresent(o -> rememberLast(line, o));
    }
  }

  private static void rememberLast(VitalLine line, Observation last) {
    Optional<BigDecimal> systolic = component(last, SYSTOLIC);
    Optional<BigDecimal> diastolic = component(last, DIASTOLIC);
    if (line.sign == VitalSign.BLOOD_PRESSURE && systolic.isPresent() && diastolic.isPresent()) {
      line.previousNumber = systolic.get();
      line.previous = systolic.get().toPlainString() + "/" + diastolic.get().toPlainString();
    } else if (last.hasValueQuantity() && last.getValueQuantity().getValue() != null) {
      line.previousNumber = last.getValueQuantity().getValue();
      line.previous = line.previousNumber.toPlainString();
    }
  }

  private static Optional<BigDecimal> component(Observation observation, String loinc) {
    return observation.getComponent().stream()
        .filter(part -> part.getCode().hasCoding(LOINC, loinc) && part.hasValueQuantity())
        .findFirst()
        .flatMap(part -> Optional.ofNullable(part.getValueQuantity().getValue()));
  }

  /**
   * Takes a draft in: what {@code emr.js} kept of each field under its name and place, such as
   * {@code since.1}. What it does not know, it passes over.
   */
  public void restore(Map<String, String> fields) {
    fields.forEach(
        (name, value) -> {
          int dot = name.lastIndexOf('.');
          String place = name.substring(dot + 1);
          if (dot > 0 && place.matches("\\d{1,2}")) {
            restore(name.substring(0, dot), Integer.parseInt(place), value);
          }
        });
  }

  private void restore(String field, int place, String value) {
    switch (field) {
      case "visit" -> setVisit(value);
      case "sensitivity" -> setSensitivity(value);
      case "reason" -> setReason(value);
      case "subjective" -> setSubjective(value);
      case "objective" -> setObjective(value);
      case "assessment" -> setAssessment(value);
      case "plan" -> setPlan(value);
      case "problem" -> line(problems, place, ProblemLine::new).setText(value);
      case "since" -> line(problems, place, ProblemLine::new).setSince(value);
      case "allergy" -> line(allergies, place, AllergyLine::new).setText(value);
      case "reaction" -> line(allergies, place, AllergyLine::new).setReaction(value);
      case "severity" -> line(allergies, place, AllergyLine::new).setSeverity(value);
      case "drug" -> line(drugs, place, DrugLine::new).setText(value);
      case "dosage" -> line(drugs, place, DrugLine::new).setDosage(value);
      case "although" -> line(drugs, place, DrugLine::new).setAlthough(value);
      case "order" -> line(orders, place, OrderLine::new).setText(value);
      case "order-priority" -> line(orders, place, OrderLine::new).setPriority(value);
      case "order-note" -> line(orders, place, OrderLine::new).setNote(value);
      default ->
          vitals.stream()
              .filter(line -> field.equals("vital-" + line.sign.name()))
              .forEach(line -> line.setValue(value));
    }
  }

  private static <T> T line(List<T> lines, int place, Supplier<T> fresh) {
    while (lines.size() <= place) {
      lines.add(fresh.get());
    }
    return lines.get(place);
  }

  /** Whether nothing was typed. */
  public boolean isEmpty() {
    return note().findAny().isEmpty()
        && vitals.stream().allMatch(v -> v.value.isEmpty())
        && problems().isEmpty()
        && allergies().isEmpty()
        && drugs().isEmpty()
        && orders().isEmpty()
        && files.isEmpty()
        && reason.isEmpty();
  }

  /**
   * Everything that stands between this entry and its signature: what is missing or impossible, and
   * what a careful colleague would ask. Empty when it can be reviewed.
   *
   * @param known what the chart says of the patient
   */
  public List<Complaint> complaints(Known known, Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    if (isEmpty()) {
      complaints.add(new Complaint("subjective", viewpoint.text("entry.nothing")));
    }
    for (VitalLine line : vitals) {
      if (!line.value.isEmpty()) {
        complaint(line, viewpoint)
            .ifPresent(text -> complaints.add(new Complaint("vital-" + line.sign.name(), text)));
      }
    }
    for (ProblemLine line : problems()) {
      if (!line.since.isEmpty() && Dates.read(line.since).isEmpty()) {
        complaints.add(new Complaint("problem", viewpoint.text("date.unreadable", line.since)));
      }
    }
    complaints.addAll(twice(known, viewpoint));
    List<Noted> allergic =
        Stream.concat(
                known.allergies().stream(),
                allergies().stream().map(line -> Noted.typed(line.text)))
            .toList();
    for (DrugLine line : drugs()) {
      line.against = CodedList.against(line.text, allergic);
      if (line.against != null && line.although.length() < 10) {
        complaints.add(
            new Complaint("drug", viewpoint.text("entry.allergy-clash", line.text, line.against)));
      }
    }
    if (!known.whole() && !drugs().isEmpty() && !unreadChecked) {
      complaints.add(new Complaint("unread", viewpoint.text("entry.unread-missing")));
    }
    return complaints;
  }

  /** Asks about what the chart has already. */
  private List<Complaint> twice(Known known, Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    for (ProblemLine line : problems()) {
      line.twice = CodedList.PROBLEMS.alike(line.text, known.problems());
      twice(line, "problem", "entry.twice", viewpoint).ifPresent(complaints::add);
    }
    for (AllergyLine line : allergies()) {
      line.twice = CodedList.ALLERGIES.alike(line.text, known.allergies());
      twice(line, "allergy", "entry.twice", viewpoint).ifPresent(complaints::add);
    }
    for (DrugLine line : drugs()) {
      line.twice = CodedList.MEDICATIONS.alike(line.text, known.medication());
      twice(line, "drug", "entry.taken", viewpoint).ifPresent(complaints::add);
    }
    for (OrderLine line : orders()) {
      line.compare(known.orders());
      twice(line, "order", "entry.ordered", viewpoint).ifPresent(complaints::add);
    }
    return complaints;
  }

  private static Optional<Complaint> twice(
      Line line, String field, String words, Viewpoint viewpoint) {
    return line.twice == null || line.kept
        ? Optional.empty()
        : Optional.of(new Complaint(field, viewpoint.text(words, line.twice)));
  }

  private static Optional<String> complaint(VitalLine line, Viewpoint viewpoint) {
    String name = viewpoint.text(line.sign.getKey());
    Optional<VitalSign.Value> typed = line.sign.read(line.value);
    if (typed.isEmpty()) {
      return Optional.of(
          viewpoint.text(
              line.sign == VitalSign.BLOOD_PRESSURE ? "vital.pressure-form" : "vital.number-form",
              name,
              line.value));
    }
    if (!line.sign.isPossible(typed.get())) {
      return Optional.of(viewpoint.text("vital.impossible", name, line.value, line.sign.getUnit()));
    }
    if (line.isDoubtful() && !line.kept) {
      return Optional.of(
          line.previous.isEmpty()
              ? viewpoint.text("vital.unusual", name, line.value, line.sign.getUnit())
              : viewpoint.text(
                  "vital.unusual-last", name, line.value, line.sign.getUnit(), line.previous));
    }
    return Optional.empty();
  }

  /** What will go into the chart, part by part, in words. */
  public List<Part> parts(Viewpoint viewpoint) {
    var parts = new ArrayList<Part>();
    parts.add(new Part(viewpoint.text("part.visit"), viewpoint.text("visit." + visit), reason));
    long sections = note().count();
    if (sections > 0) {
      parts.add(
          new Part(
              viewpoint.text("part.note"),
              viewpoint.text("part.sections", sections),
              note().map(Section::text).collect(Collectors.joining(" · "))));
    }
    List<VitalLine> measured = vitals.stream().filter(v -> !v.value.isEmpty()).toList();
    add(
        parts,
        viewpoint.text("part.vitals"),
        measured.stream()
            .map(v -> viewpoint.text(v.sign.getKey()) + " " + v.value + " " + v.sign.getUnit())
            .toList());
    add(parts, viewpoint.text("part.problems"), problems().stream().map(p -> p.text).toList());
    add(parts, viewpoint.text("part.allergies"), allergies().stream().map(a -> a.text).toList());
    add(
        parts,
        viewpoint.text("part.medication"),
        drugs().stream().map(d -> d.dosage.isEmpty() ? d.text : d.text + ", " + d.dosage).toList());
    add(
        parts,
        viewpoint.text("part.orders"),
        orders().stream().map(order -> order.inWords(viewpoint)).toList());
    add(parts, viewpoint.text("part.files"), files.stream().map(DraftFile::name).toList());
    if (sensitivity != Sensitivity.NORMAL) {
      parts.add(
          new Part(
              viewpoint.text("entry.sensitivity"),
              viewpoint.text("sensitivity." + sensitivity),
              viewpoint.text("entry.sensitivity-all")));
    }
    return parts;
  }

  private static void add(List<Part> parts, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      parts.add(new Part(title, Integer.toString(lines.size()), String.join(", ", lines)));
    }
  }

  /**
   * The entry as FHIR resources with ids, the visit first; all of them refer to it.
   *
   * @param content gives the octets of a file of {@link #getFiles}
   * @throws IllegalStateException if {@link #complaints} were not settled
   */
  public List<Resource> toResources(Scribe scribe, Function<DraftFile, byte[]> content) {
    Encounter encounter = encounter(scribe);
    var resources = new ArrayList<Resource>(List.of(encounter));
    if (note().findAny().isPresent()) {
      resources.add(composition(scribe, encounter));
    }
    vitals.stream()
        .filter(line -> !line.value.isEmpty())
        .forEach(line -> resources.add(observation(line, scribe, encounter)));
    problems().forEach(line -> resources.add(condition(line, scribe, encounter)));
    allergies().forEach(line -> resources.add(allergy(line, scribe, encounter)));
    drugs().forEach(line -> resources.add(prescription(line, scribe, encounter)));
    orders().forEach(line -> resources.add(line.toRequest(scribe, encounter)));
    for (DraftFile file : files) {
      Binary held = binary(file, content.apply(file), scribe);
      resources.add(held);
      resources.add(document(file, held, scribe, encounter));
    }
    if (sensitivity != Sensitivity.NORMAL) {
      resources.forEach(this::label);
    }
    return resources;
  }

  private void label(Resource resource) {
    resource.getMeta().addSecurity().setSystem(sensitivity.system()).setCode(sensitivity.code());
  }

  private Encounter encounter(Scribe scribe) {
    var encounter = scribe.fresh(new Encounter());
    encounter.setStatus(EncounterStatus.FINISHED);
    encounter
        .getClass_()
        .setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode")
        .setCode(visit)
        .setDisplay(VISITS.get(visit));
    encounter.setSubject(scribe.subject()).setServiceProvider(scribe.place());
    encounter.addParticipant().setIndividual(scribe.writer());
    encounter.getPeriod().setStart(scribe.date()).setEnd(scribe.date());
    if (!reason.isEmpty()) {
      encounter.addReasonCode(new CodeableConcept().setText(reason));
    }
    return encounter;
  }

  /** A part of the note with its LOINC code. */
  private record Section(String title, String loinc, String text) {}

  private Stream<Section> note() {
    return Stream.of(
            new Section("Subjective", "61150-9", subjective),
            new Section("Objective", "61149-7", objective),
            new Section("Assessment", "51848-0", assessment),
            new Section("Plan", "18776-5", plan))
        .filter(section -> !section.text().isEmpty());
  }

  private Composition composition(Scribe scribe, Encounter encounter) {
    var note = scribe.fresh(new Composition());
    note.setStatus(CompositionStatus.FINAL)
        .setTitle("Progress note")
        .setType(loinc("11506-3", "Progress note"))
        .setSubject(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setDate(scribe.date())
        .addAuthor(scribe.writer())
        .setCustodian(scribe.place());
    note().forEach(s -> addSection(note, s.title(), loinc(s.loinc(), s.title()), s.text()));
    return note;
  }

  static void addSection(
      Composition note, String title, @Nullable CodeableConcept code, String text) {
    var section = note.addSection().setTitle(title).setCode(code);
    section.getText().setStatus(NarrativeStatus.ADDITIONAL).setDiv(paragraphs(text));
  }

  private static XhtmlNode paragraphs(String text) {
    var div = new XhtmlNode(NodeType.Element, "div");
    div.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
    text.lines().forEach(line -> div.addTag("p").addText(line));
    return div;
  }

  private static Observation observation(VitalLine line, Scribe scribe, Encounter encounter) {
    VitalSign.Value value =
        line.sign
            .read(line.value)
            .orElseThrow(() -> new IllegalStateException("not a " + line.sign));
    var observation = scribe.fresh(new Observation());
    observation
        .setStatus(ObservationStatus.FINAL)
        .setCode(loinc(line.sign.loinc(), name(line.sign)))
        .setSubject(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setEffective(new DateTimeType(scribe.date()))
        .setIssued(scribe.date())
        .addPerformer(scribe.writer());
    observation
        .addCategory()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/observation-category")
        .setCode("vital-signs")
        .setDisplay("Vital Signs");
    if (line.sign == VitalSign.BLOOD_PRESSURE) {
      observation
          .addComponent()
          .setCode(loinc(SYSTOLIC, "Systolic blood pressure"))
          .setValue(quantity(value.first(), line.sign));
      value
          .second()
          .ifPresent(
              diastolic ->
                  observation
                      .addComponent()
                      .setCode(loinc(DIASTOLIC, "Diastolic blood pressure"))
                      .setValue(quantity(diastolic, line.sign)));
    } else {
      observation.setValue(quantity(value.first(), line.sign));
    }
    return observation;
  }

  private static String name(VitalSign sign) {
    return switch (sign) {
      case BLOOD_PRESSURE -> "Blood pressure panel";
      case PULSE -> "Heart rate";
      case TEMPERATURE -> "Body temperature";
      case OXYGEN_SATURATION -> "Oxygen saturation";
      case RESPIRATION -> "Respiratory rate";
      case WEIGHT -> "Body weight";
      case HEIGHT -> "Body height";
    };
  }

  private static Quantity quantity(BigDecimal value, VitalSign sign) {
    return new Quantity()
        .setValue(value)
        .setUnit(sign.getUnit())
        .setSystem(UCUM)
        .setCode(sign.ucum());
  }

  private static Condition condition(ProblemLine line, Scribe scribe, Encounter encounter) {
    var condition = scribe.fresh(new Condition());
    condition
        .setCode(CodedList.PROBLEMS.concept(line.text))
        .setClinicalStatus(hl7("condition-clinical", "active"))
        .setVerificationStatus(hl7("condition-ver-status", "confirmed"))
        .addCategory(hl7("condition-category", "problem-list-item"))
        .setSubject(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setRecordedDate(scribe.date())
        .setRecorder(scribe.writer());
    Dates.read(line.since).ifPresent(since -> condition.setOnset(new DateTimeType(since)));
    return condition;
  }

  private static AllergyIntolerance allergy(AllergyLine line, Scribe scribe, Encounter encounter) {
    var allergy = scribe.fresh(new AllergyIntolerance());
    allergy
        .setCode(CodedList.ALLERGIES.concept(line.text))
        .setClinicalStatus(hl7("allergyintolerance-clinical", "active"))
        .setVerificationStatus(hl7("allergyintolerance-verification", "confirmed"))
        .setPatient(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setRecordedDate(scribe.date())
        .setRecorder(scribe.writer());
    if (!line.severity.isEmpty()) {
      allergy.setCriticality(
          line.severity.equals("severe")
              ? AllergyIntoleranceCriticality.HIGH
              : AllergyIntoleranceCriticality.LOW);
    }
    if (!line.reaction.isEmpty()) {
      var reaction = allergy.addReaction();
      reaction.addManifestation(new CodeableConcept().setText(line.reaction));
      if (!line.severity.isEmpty()) {
        reaction.setSeverity(
            AllergyIntoleranceSeverity.valueOf(line.severity.toUpperCase(Locale.ROOT)));
      }
    }
    return allergy;
  }

  private static MedicationRequest prescription(DrugLine line, Scribe scribe, Encounter encounter) {
    var order = scribe.fresh(new MedicationRequest());
    order
        .setStatus(MedicationRequestStatus.ACTIVE)
        .setIntent(MedicationRequestIntent.ORDER)
        .setMedication(CodedList.MEDICATIONS.concept(line.text))
        .setSubject(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setAuthoredOn(scribe.date())
        .setRequester(scribe.writer());
    if (!line.dosage.isEmpty()) {
      order.addDosageInstruction().setText(line.dosage);
    }
    if (line.against != null && !line.although.isEmpty()) {
      order
          .addNote()
          .setText(
              "Prescribed although the chart names the allergy "
                  + line.against
                  + ": "
                  + line.although)
          .setTime(scribe.date());
    }
    return order;
  }

  private static Binary binary(DraftFile file, byte[] octets, Scribe scribe) {
    var content = scribe.fresh(new Binary());
    content.setContentType(file.contentType()).setData(octets);
    content.setSecurityContext(scribe.subject());
    return content;
  }

  private static DocumentReference document(
      DraftFile file, Binary content, Scribe scribe, Encounter encounter) {
    var document = scribe.fresh(new DocumentReference());
    document
        .setStatus(DocumentReferenceStatus.CURRENT)
        .setSubject(scribe.subject())
        .setDate(scribe.date())
        .addAuthor(scribe.writer())
        .setCustodian(scribe.place());
    document.getContext().addEncounter(Scribe.to(encounter));
    document
        .addContent()
        .getAttachment()
        .setTitle(file.name())
        .setContentType(file.contentType())
        .setSize((int) file.size())
        .setUrl("Binary/" + content.getIdElement().getIdPart());
    return document;
  }

  private static CodeableConcept loinc(String code, String display) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem(LOINC).setCode(code).setDisplay(display);
    return concept;
  }

  static CodeableConcept hl7(String system, String code) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem("http://terminology.hl7.org/CodeSystem/" + system).setCode(code);
    return concept;
  }

  public void moreProblems() {
    problems.add(new ProblemLine());
  }

  public void moreAllergies() {
    allergies.add(new AllergyLine());
  }

  public void moreDrugs() {
    drugs.add(new DrugLine());
  }

  public void moreOrders() {
    orders.add(new OrderLine());
  }

  private List<ProblemLine> problems() {
    return problems.stream().filter(line -> !line.text.isEmpty()).toList();
  }

  private List<AllergyLine> allergies() {
    return allergies.stream().filter(line -> !line.text.isEmpty()).toList();
  }

  private List<DrugLine> drugs() {
    return drugs.stream().filter(line -> !line.text.isEmpty()).toList();
  }

  private List<OrderLine> orders() {
    return orders.stream().filter(line -> !line.text.isEmpty()).toList();
  }

  /** Kinds of visit to choose from, as codes of v3-ActCode. */
  public List<String> getVisits() {
    return List.of("AMB", "EMER", "IMP", "HH", "VR");
  }

  public String getVisit() {
    return visit;
  }

  public void setVisit(@Nullable String visit) {
    this.visit = visit != null && VISITS.containsKey(visit) ? visit : "AMB";
  }

  /** How delicate all of the entry is. */
  public String getSensitivity() {
    return sensitivity.name();
  }

  public void setSensitivity(@Nullable String name) {
    sensitivity =
        Arrays.stream(Sensitivity.values())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElse(Sensitivity.NORMAL);
  }

  public List<Sensitivity> getSensitivities() {
    return List.of(Sensitivity.values());
  }

  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = stripped(reason);
  }

  public String getSubjective() {
    return subjective;
  }

  public void setSubjective(@Nullable String subjective) {
    this.subjective = stripped(subjective);
  }

  public String getObjective() {
    return objective;
  }

  public void setObjective(@Nullable String objective) {
    this.objective = stripped(objective);
  }

  public String getAssessment() {
    return assessment;
  }

  public void setAssessment(@Nullable String assessment) {
    this.assessment = stripped(assessment);
  }

  public String getPlan() {
    return plan;
  }

  public void setPlan(@Nullable String plan) {
    this.plan = stripped(plan);
  }

  public List<VitalLine> getVitals() {
    return vitals;
  }

  public List<ProblemLine> getProblems() {
    return problems;
  }

  public List<AllergyLine> getAllergies() {
    return allergies;
  }

  public List<DrugLine> getDrugs() {
    return drugs;
  }

  /** Whether the writer looked elsewhere for allergies that could not be read. */
  public boolean isUnreadChecked() {
    return unreadChecked;
  }

  public void setUnreadChecked(boolean unreadChecked) {
    this.unreadChecked = unreadChecked;
  }

  public List<OrderLine> getOrders() {
    return orders;
  }

  /** What is attached. */
  public List<DraftFile> getFiles() {
    return List.copyOf(files);
  }

  public void setFiles(List<DraftFile> files) {
    this.files = new ArrayList<>(files);
  }
}
