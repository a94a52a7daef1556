package emr.faces.chart;

import emr.exchange.record.HospitalId;
import emr.exchange.record.HospitalNames;
import emr.exchange.record.Refusal;
import emr.faces.ChartRecord;
import emr.faces.Viewpoint;
import java.util.List;

/**
 * Where the pages of a chart read: at the hospital's server, which asks the centre, or at the
 * centre itself. Each look is one request under a statement of the person signed in, judged and
 * noted.
 */
public interface ChartDesk {

  Viewpoint viewpoint();

  /** Whether the person signed in may add anything to charts. */
  boolean isMayAdd();

  /** The person signed in. */
  Reader reader();

  /** Whether that person has opened the chart in an emergency, and it is open now. */
  boolean isEmergency(String patient);

  /** The name of their hospital for people, as records of it carry it. */
  String place();

  /** The hospitals of the exchange, their own among them. */
  List<HospitalNames.Named> hospitals();

  /** A hospital's name for people. */
  String placeOf(HospitalId hospital);

  /**
   * Opens a page of a chart: who the patient is, their allergies, and what {@code queries} find.
   *
   * @param patient logical id, as it stood in the address
   * @param queries FHIR R4 interactions that read, all about this patient; few and bounded
   * @throws Refusal if there is nothing that this person may see
   */
  Opened open(String patient, List<String> queries);

  /**
   * What {@code queries} find; nothing where this person may see nothing.
   *
   * @throws Refusal if {@code patient} is no logical id, or nobody is signed in
   */
  Reading read(String patient, List<String> queries);

  /**
   * Every version of {@code records} that this person may see, in any order.
   *
   * @param records {@code Type/id}, at most 50
   */
  List<ChartRecord> versions(String patient, List<String> records);

  /** Answers a refused page like one that is not there: nobody learns which. */
  void refuse(Refusal refusal);
}
