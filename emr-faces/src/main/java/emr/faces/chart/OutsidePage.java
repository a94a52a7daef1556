package emr.faces.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.record.HospitalId;
import emr.faces.ChartItem;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.FhirJson;
import emr.faces.FhirText;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;

/**
 * The bean of {@code /emr/page/outside.xhtml}: which other hospitals hold something about the
 * patient that this person may read, and by which right. That anything is closed to them is never
 * said.
 */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class OutsidePage extends PatientPage {

  private static final long serialVersionUID = 1L;
  private static final int OF_EACH = 50;
  private static final int LISTED = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Another hospital.
   *
   * @param id of the hospital, for links; empty if it is not known
   * @param count how many of its records were found
   * @param kinds how many of which kind, in words
   * @param latest when the newest happened
   * @param rights by which rights they are read, in sentences
   * @param records the newest of them
   */
  public record Place(
      String id,
      String name,
      int count,
      String kinds,
      String latest,
      List<String> rights,
      List<ChartItem> records)
      implements Serializable {

    public Place {
      rights = List.copyOf(rights);
      records = List.copyOf(records);
    }
  }

  private ArrayList<Place> places = new ArrayList<>();
  private String asked = "";
  private boolean more;

  /** View action. */
  public void load() {
    Viewpoint viewpoint = viewpoint();
    List<String> queries = queries(getPatient(), desk().reader().hospital());
    open(queries).ifPresent(reading -> show(reading, viewpoint));
  }

  /** The query leaves out the reader's own records: those would fill what is asked for. */
  static List<String> queries(String patient, HospitalId own) {
    String ofPatient = "?patient=" + patient + "&_count=" + OF_EACH;
    return Stream.concat(
            Arrays.stream(Kind.values())
                .flatMap(kind -> kind.types().stream())
                .filter(type -> !type.equals("AllergyIntolerance"))
                .map(type -> type + ofPatient + "&_hospital:not=" + own),
            Stream.of("Consent" + ofPatient))
        .toList();
  }

  private void show(Reading reading, Viewpoint viewpoint) {
    asked = viewpoint.exactly(viewpoint.now());
    more = reading.more();
    Map<String, List<ChartRecord>> byPlace = new TreeMap<>();
    reading.records().stream()
        .filter(record -> !record.type().equals("Consent"))
        .filter(record -> !record.hospital().isEmpty())
        .filter(record -> !record.hospital().equals(desk().place()))
        .forEach(r -> byPlace.computeIfAbsent(r.hospital(), h -> new ArrayList<>()).add(r));
    List<AccessPolicy> policies =
        reading.of(Consent.class).stream().flatMap(consent -> policy(consent).stream()).toList();
    byPlace.forEach(
        (hospital, records) -> places.add(place(hospital, records, policies, viewpoint)));
  }

  private Place place(
      String hospital,
      List<ChartRecord> records,
      List<AccessPolicy> policies,
      Viewpoint viewpoint) {
    List<ChartRecord> newest = records.stream().sorted(RecordWords.newestFirst()).toList();
    return new Place(
        id(hospital),
        hospital,
        records.size(),
        kinds(records, viewpoint),
        RecordWords.happened(newest.get(0).resource()).map(viewpoint::when).orElse(""),
        rights(hospital, records, policies, viewpoint),
        newest.stream().limit(LISTED).map(r -> ChartSummary.item(r, viewpoint)).toList());
  }

  private String id(String name) {
    return desk().hospitals().stream()
        .filter(named -> named.name().equals(name))
        .findFirst()
        .map(named -> named.id().value())
        .orElse("");
  }

  private static String kinds(List<ChartRecord> records, Viewpoint viewpoint) {
    var counts = new TreeMap<Kind, Integer>();
    records.forEach(record -> counts.merge(Kind.of(record.type()), 1, Integer::sum));
    return FhirText.joined(
        " · ",
        counts.entrySet().stream()
            .map(each -> viewpoint.text(each.getKey().getLabel()) + " " + each.getValue())
            .toArray(String[]::new));
  }

  private List<String> rights(
      String hospital,
      List<ChartRecord> records,
      List<AccessPolicy> policies,
      Viewpoint viewpoint) {
    List<AccessPolicy> own =
        policies.stream()
            .filter(policy -> desk().placeOf(policy.grantor()).equals(hospital))
            .toList();
    boolean emergency = desk().isEmergency(getPatient());
    return rights(desk().reader(), emergency, hospital, records, own, viewpoint);
  }

  /**
   * By which rights {@code reader} reads {@code records}, in sentences.
   *
   * @param emergency whether the reader has opened the chart in an emergency
   * @param policies of {@code hospital} that the reader can see; there may be others
   */
  static List<String> rights(
      Reader reader,
      boolean emergency,
      String hospital,
      List<ChartRecord> records,
      List<AccessPolicy> policies,
      Viewpoint viewpoint) {
    var rights = new LinkedHashSet<String>();
    if (emergency) {
      rights.add(viewpoint.text("outside.right-emergency"));
    }
    boolean other = false;
    for (ChartRecord record : records) {
      List<AccessPolicy> opening = reader.opening(record, policies, viewpoint.now());
      opening.forEach(policy -> rights.add(sentence(policy, hospital, viewpoint)));
      other |= opening.isEmpty();
    }
    if (other && !emergency) {
      rights.add(viewpoint.text(rights.isEmpty() ? "outside.right-other" : "outside.right-others"));
    }
    return List.copyOf(rights);
  }

  private static String sentence(AccessPolicy policy, String hospital, Viewpoint viewpoint) {
    String until = policy.until() == null ? "" : viewpoint.exactly(policy.until());
    boolean add = policy.rights().contains(AccessRight.STORE);
    return viewpoint.text(
        (add ? "outside.right-both" : "outside.right-read")
            + (until.isEmpty() ? "" : "-until")
            + (policy.types().isEmpty() ? "" : "-part"),
        hospital,
        until);
  }

  /** The policy that a Consent is; nothing if it says something else. */
  private static Optional<AccessPolicy> policy(ChartRecord consent) {
    try {
      JsonNode json = JSON.readTree(FhirJson.encode(consent.resource()));
      return AccessPolicy.isPolicy(json)
          ? Optional.of(AccessPolicy.fromConsent(json))
          : Optional.empty();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty(); // a partner's own Consent gives no right here
    }
  }

  public List<Place> getPlaces() {
    return places;
  }

  /** When the centre was asked. */
  public String getAsked() {
    return asked;
  }

  /** Whether there is more than was looked at. */
  public boolean isMore() {
    return more;
  }
}
