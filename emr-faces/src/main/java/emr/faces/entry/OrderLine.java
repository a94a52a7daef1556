package emr.faces.entry;

import emr.faces.Viewpoint;
import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * A test, an image or a procedure that is ordered, how soon, and what is to be minded, as typed.
 */
public final class OrderLine extends EntryForm.Line {

  private static final long serialVersionUID = 1L;
  private static final String URGENT = "urgent";

  private boolean urgent;
  private String note = "";

  /** Looks whether it is ordered already. */
  void compare(List<Ordered> known) {
    twice = Ordered.alike(text, known).map(one -> one.what() + ", " + one.when()).orElse(null);
  }

  /** What is ordered and how, in a line. */
  String inWords(Viewpoint viewpoint) {
    String what = urgent ? text + " (" + viewpoint.text("priority.urgent") + ")" : text;
    return note.isEmpty() ? what : what + ": " + note;
  }

  ServiceRequest toRequest(Scribe scribe, Encounter encounter) {
    var order = scribe.fresh(new ServiceRequest());
    order
        .setStatus(ServiceRequestStatus.ACTIVE)
        .setIntent(ServiceRequestIntent.ORDER)
        .setPriority(urgent ? ServiceRequestPriority.URGENT : ServiceRequestPriority.ROUTINE)
        .setCode(OrderList.concept(text))
        .setSubject(scribe.subject())
        .setEncounter(Scribe.to(encounter))
        .setAuthoredOn(scribe.date())
        .setRequester(scribe.writer());
    OrderList.find(text).ifPresent(entry -> order.addCategory().addCoding(entry.category().copy()));
    if (!note.isEmpty()) {
      order.addNote().setText(note).setTime(scribe.date());
    }
    return order;
  }

  /** routine or urgent. */
  public String getPriority() {
    return urgent ? URGENT : "routine";
  }

  public void setPriority(@Nullable String priority) {
    urgent = URGENT.equals(priority);
  }

  public String getNote() {
    return note;
  }

  public void setNote(@Nullable String note) {
    this.note = EntryForm.stripped(note);
  }
}
