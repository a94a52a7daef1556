package emr.faces.entry;

import emr.faces.Viewpoint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Information added to a record that is there already. It makes a new version and leaves every
 * earlier one as it was (claim 16): a note in the writer's name, and where it applies a corrected
 * value or a new state.
 */
public final class AdditionForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String NOTE = "http://hl7.org/fhir/StructureDefinition/note";
  private static final Set<String> CLINICAL = Set.of("active", "inactive", "resolved");
  private static final Set<String> ORDER =
      Set.of("active", "on-hold", "cancelled", "completed", "stopped");

  private String text = "";
  private String value = "";
  private String state = "";

  /** Whether {@code resource} has one number that can be corrected. */
  public static boolean hasValue(Resource resource) {
    return resource instanceof Observation observation
        && observation.hasValueQuantity()
        && observation.getValueQuantity().hasValue();
  }

  /** The states {@code resource} can be put into, as codes; empty if it has none. */
  public static List<String> states(Resource resource) {
    if (resource instanceof Condition || resource instanceof AllergyIntolerance) {
      return List.copyOf(new TreeSet<>(CLINICAL));
    }
    return resource instanceof MedicationRequest ? List.copyOf(new TreeSet<>(ORDER)) : List.of();
  }

  /** What must be put right first; empty when it can be added to {@code resource}. */
  public List<Complaint> complaints(Resource resource, Viewpoint viewpoint) {
    var complaints = new ArrayList<Complaint>();
    if (text.isEmpty()) {
      complaints.add(new Complaint("addition", viewpoint.text("addition.missing")));
    }
    if (!value.isEmpty() && (!hasValue(resource) || !value.matches("\\d{1,6}([.,]\\d{1,4})?"))) {
      complaints.add(new Complaint("value", viewpoint.text("addition.value-form", value)));
    }
    if (!state.isEmpty() && !states(resource).contains(state)) {
      complaints.add(new Complaint("state", viewpoint.text("addition.state-unknown")));
    }
    return complaints;
  }

  /**
   * The next version: a copy of {@code newest} with what was added.
   *
   * @param heading of an added section, such as "Added 24 Sep 2026"
   * @throws IllegalArgumentException if the record's type has no place for words of people (Binary)
   */
  public Resource applyTo(Resource newest, Scribe scribe, String heading) {
    if (!(newest instanceof DomainResource)) {
      throw new IllegalArgumentException("nothing can be added to a " + newest.fhirType());
    }
    var next = (DomainResource) newest.copy();
    if (next instanceof Composition note) {
      note.setStatus(CompositionStatus.AMENDED);
      if (note.getAuthor().stream().noneMatch(author -> author.equalsDeep(scribe.writer()))) {
        note.addAuthor(scribe.writer());
      }
      EntryForm.addSection(note, heading, null, text);
    } else if (next.getNamedProperty("note") != null && takesAnnotations(next)) {
      next.setProperty("note", annotation(scribe));
    } else {
      next.addExtension(NOTE, annotation(scribe));
    }
    correct(next);
    return next;
  }

  private static boolean takesAnnotations(Resource resource) {
    return resource.getNamedProperty("note").getTypeCode().startsWith("Annotation");
  }

  private Annotation annotation(Scribe scribe) {
    return new Annotation()
        .setText(text)
        .setTime(scribe.date())
        .setAuthor(new StringType(scribe.author().name() + ", " + scribe.hospitalName()));
  }

  private void correct(Resource next) {
    if (next instanceof Observation observation) {
      observation.setStatus(
          value.isEmpty() ? ObservationStatus.AMENDED : ObservationStatus.CORRECTED);
      if (!value.isEmpty()) {
        Quantity corrected = observation.getValueQuantity();
        corrected.setValue(new BigDecimal(value.replace(',', '.')));
      }
    }
    if (state.isEmpty()) {
      return;
    }
    if (next instanceof Condition condition) {
      condition.setClinicalStatus(status("condition-clinical"));
    } else if (next instanceof AllergyIntolerance allergy) {
      allergy.setClinicalStatus(status("allergyintolerance-clinical"));
    } else if (next instanceof MedicationRequest order) {
      order.setStatus(MedicationRequestStatus.fromCode(state));
    }
  }

  private CodeableConcept status(String system) {
    return EntryForm.hl7(system, state);
  }

  private static String stripped(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  public String getText() {
    return text;
  }

  public void setText(@Nullable String text) {
    this.text = stripped(text);
  }

  /** The corrected number, if one is given. */
  public String getValue() {
    return value;
  }

  public void setValue(@Nullable String value) {
    this.value = stripped(value);
  }

  /** The new state, if one is given. */
  public String getState() {
    return state;
  }

  public void setState(@Nullable String state) {
    this.state = stripped(state);
  }
}
