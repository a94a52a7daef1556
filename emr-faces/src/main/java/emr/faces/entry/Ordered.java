package emr.faces.entry;

import emr.faces.FhirText;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/**
 * An order that the chart has and that waits to be done.
 *
 * @param what in words
 * @param when for people
 * @param codes of it, each with its system
 */
public record Ordered(String what, String when, Set<String> codes) implements Serializable {

  /** For how long after an order another of the same is asked about. */
  private static final int DAYS = 30;

  public Ordered {
    codes = Set.copyOf(codes);
  }

  /** The first day of which orders are asked about. */
  public static LocalDate since(Viewpoint viewpoint) {
    return viewpoint.today().minusDays(DAYS);
  }

  /** What {@code record} orders; empty if it is no order, or is done, given up or too old. */
  public static Optional<Ordered> in(Resource record, Viewpoint viewpoint) {
    return record instanceof ServiceRequest order
            && order.getStatus() == ServiceRequestStatus.ACTIVE
            && !order.getDoNotPerform()
            && order.getAuthoredOn() != null
            && !viewpoint.dayOf(order.getAuthoredOnElement()).isBefore(since(viewpoint))
        ? Optional.of(
            new Ordered(
                FhirText.concept(order.getCode()),
                viewpoint.when(order.getAuthoredOnElement()),
                keys(order.getCode())))
        : Optional.empty();
  }

  private static Set<String> keys(CodeableConcept code) {
    return code.getCoding().stream().map(Ordered::key).collect(Collectors.toSet());
  }

  private static String key(Coding coding) {
    return coding.getSystem() + "|" + coding.getCode();
  }

  /** Which of {@code known} is what was {@code typed}: the same code, or the same words. */
  static Optional<Ordered> alike(String typed, List<Ordered> known) {
    Optional<String> code = OrderList.find(typed).map(entry -> key(entry.coding()));
    return known.stream()
        .filter(
            one ->
                code.filter(one.codes()::contains).isPresent()
                    || one.what().equalsIgnoreCase(typed.strip()))
        .findFirst();
  }
}
