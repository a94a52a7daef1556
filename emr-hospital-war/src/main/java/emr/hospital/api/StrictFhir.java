package emr.hospital.api;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets only what is FHIR R4 pass: no unknown element, no wrong type, no impossible value. */
@ApplicationScoped
class StrictFhir {

  private final FhirContext fhir = FhirContext.forR4Cached();

  /**
   * @throws Refusal {@link Reason#MALFORMED}, naming the record and the kind of fault, quoting
   *     nothing
   */
  @SuppressWarnings("UnusedException") // HAPI's messages quote the content
  void check(RecordId record, String content, int entry) {
    try {
      IParser parser = fhir.newJsonParser();
      parser.setParserErrorHandler(new StrictErrorHandler());
      parser.parseResource(content);
    } catch (DataFormatException | IllegalArgumentException | ClassCastException e) {
      throw new Refusal(
          Reason.MALFORMED,
          "Bundle.entry[%d]: this is no %s of FHIR R4%s."
              .formatted(entry, known(record.type()), place(e)));
    }
  }

  private String known(String type) {
    return fhir.getResourceTypes().contains(type) ? type : "resource";
  }

  /** HAPI's number for the kind of fault, which says nothing of the content. */
  private static String place(RuntimeException fault) {
    String message = String.valueOf(fault.getMessage());
    var number = java.util.regex.Pattern.compile("^HAPI-[0-9]{4}").matcher(message);
    return number.find() ? " (" + number.group() + ")" : "";
  }
}
