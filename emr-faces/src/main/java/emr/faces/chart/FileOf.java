package emr.faces.chart;

import emr.faces.ChartRecord;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Media;
import org.hl7.fhir.r4.model.Resource;

/**
 * A file that a record carries or names, with its octets.
 *
 * @param type such as image/png, as its author said
 */
record FileOf(String name, String type, byte[] octets) {

  private static final Pattern BINARY = Pattern.compile("Binary/[A-Za-z0-9.-]{1,64}");

  /** Files of a record, in its order. */
  static List<Attachment> attachments(Resource resource) {
    if (resource instanceof DocumentReference document) {
      return document.getContent().stream()
          .map(DocumentReference.DocumentReferenceContentComponent::getAttachment)
          .toList();
    }
    if (resource instanceof DiagnosticReport report) {
      return report.getPresentedForm();
    }
    return resource instanceof Media media ? List.of(media.getContent()) : List.of();
  }

  /** Whether its octets are here, and not at an address elsewhere. */
  static boolean isHere(Attachment attachment) {
    return attachment.hasData()
        || (attachment.hasUrl() && BINARY.matcher(attachment.getUrl()).matches());
  }

  /** Reads the octets, by a request of its own where another record holds them. */
  static Optional<FileOf> read(Attachment attachment, String patient, ChartDesk desk) {
    String name = attachment.hasTitle() ? attachment.getTitle() : "file";
    String type = attachment.hasContentType() ? attachment.getContentType() : "";
    if (attachment.hasData()) {
      return Optional.of(new FileOf(name, type, attachment.getData()));
    }
    Matcher binary = BINARY.matcher(attachment.hasUrl() ? attachment.getUrl() : "");
    if (!binary.matches()) {
      return Optional.empty();
    }
    // what waits here is given by its type: only the one that is named counts
    return desk.read(patient, List.of(binary.group())).records().stream()
        .filter(found -> binary.group().equals(found.type() + "/" + found.id()))
        .map(ChartRecord::resource)
        .filter(Binary.class::isInstance)
        .map(Binary.class::cast)
        .filter(Binary::hasData)
        .findFirst()
        .map(
            held ->
                new FileOf(name, type.isEmpty() ? held.getContentType() : type, held.getData()));
  }
}
