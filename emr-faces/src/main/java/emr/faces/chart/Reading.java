package emr.faces.chart;

import emr.faces.ChartRecord;
import java.io.Serializable;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * What one look at a chart gave.
 *
 * @param records in any order; of each the newest version, unless versions were asked for
 * @param gap what is missing for now and why, in words; empty if nothing is
 * @param more whether there is more of what was asked for
 */
public record Reading(List<ChartRecord> records, String gap, boolean more) implements Serializable {

  public Reading {
    records = List.copyOf(records);
  }

  /** The same but for the records of one FHIR type. */
  public Reading without(Class<? extends Resource> type) {
    return new Reading(
        records.stream().filter(record -> !type.isInstance(record.resource())).toList(), gap, more);
  }

  /** The records of one FHIR type. */
  public List<ChartRecord> of(Class<? extends Resource> type) {
    return records.stream().filter(record -> type.isInstance(record.resource())).toList();
  }
}
