package emr.faces;

import java.io.Serializable;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One line of a card in a chart.
 *
 * @param type and {@code id} name the record it leads to
 * @param aside what stands at the line's end, often a date; may be empty
 * @param sub a second, quieter line; may be empty
 * @param tag a flag in words, or empty
 * @param tone of the flag: danger, warn, info, ok or empty
 * @param labels how delicate it is, in words; empty for what is ordinary
 * @param state null unless the record is not yet at the centre
 */
public record ChartItem(
    String type,
    String id,
    String title,
    String aside,
    String sub,
    String tag,
    String tone,
    String labels,
    @Nullable CustodyState state)
    implements Serializable {

  static ChartItem of(
      ChartRecord record, String title, String aside, String sub, Viewpoint viewpoint) {
    Resource resource = record.resource();
    String id = resource.getIdElement().getIdPart();
    return new ChartItem(
        resource.fhirType(),
        id == null ? "" : id,
        title,
        aside,
        sub,
        "",
        "",
        RecordWords.labels(resource, viewpoint),
        record.state());
  }

  ChartItem flagged(String words, String flagTone) {
    return new ChartItem(type, id, title, aside, sub, words, flagTone, labels, state);
  }
}
