package emr.centre;

import static emr.exchange.access.AccessRight.READ;
import static emr.exchange.access.AccessRight.STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import emr.control.ControlServer;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.Author;
import emr.exchange.record.HospitalId;
import emr.exchange.record.PatientId;
import emr.exchange.record.RecordId;
import emr.exchange.record.RecordVersion;
import emr.exchange.record.Refusal;
import emr.exchange.record.Submission;
import emr.search.OwnAddresses;
import emr.storage.Chart;
import emr.storage.Page;
import emr.storage.Search;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches on the real database: what they find, how they page, and what they bring along. */
@ExtendWith(ArquillianExtension.class)
class SearchIT {

  private static final HospitalId NORTH = new HospitalId("north");
  private static final String HERE = "https://here.example/fhir";
  private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

  @Inject ControlServer control;

  private PatientId patient; // a new one for each test: nobody can empty the tables
  private RecordId encounter;
  private RecordId earlier;

  @Deployment
  static EnterpriseArchive centre() {
    return RunningCentre.with(SearchIT.class, Observed.class);
  }

  @BeforeEach
  void register() {
    if (control == null) {
      return; // outside the container
    }
    patient = PatientId.fresh();
    encounter = RecordId.fresh("Encounter", Optional.of(patient));
    earlier = RecordId.fresh("Encounter", Optional.of(patient));
    store(
        entry(
            patient.record(),
            "'identifier':[{'system':'http://test','value':'%s'}],'name':[{'family':'山田'}]"
                .formatted(patient)),
        entry(encounter, encounter("finished", earlier)),
        entry(earlier, encounter("planned", encounter)));
  }

  private String encounter(String status, RecordId partOf) {
    return ("'status':'%s','class':{'code':'AMB'},'subject':{'reference':'%s'},"
            + "'partOf':{'reference':'%s'}")
        .formatted(status, patient.record(), partOf);
  }

  /** An observation as the oracle sees it. */
  record Observed(
      RecordId id,
      String status,
      String code,
      boolean otherCode,
      int value,
      LocalDate day,
      RecordId encounter) {

    String content(PatientId patient) {
      return ("'status':'%s','code':{'coding':[{'system':'http://c','code':'%s'}%s]},"
              + "'subject':{'reference':'%s'},'effectiveDateTime':'%s',"
              + "'valueQuantity':{'value':%d,'unit':'mg'},'encounter':{'reference':'%s'}")
          .formatted(
              status,
              code,
              otherCode ? ",{'code':'other'}" : "",
              patient.record(),
              day,
              value,
              encounter);
    }
  }

  private List<Observed> observed(Random random, int count) {
    var observed = new ArrayList<Observed>();
    for (int i = 0; i < count; i++) {
      observed.add(
          new Observed(
              RecordId.fresh("Observation", Optional.of(patient)),
              random.nextBoolean() ? "final" : "amended",
              List.of("x", "y", "z").get(random.nextInt(3)),
              random.nextInt(4) == 0,
              random.nextInt(6),
              DAY.plusDays(random.nextInt(8)),
              random.nextBoolean() ? encounter : earlier));
    }
    store(
        observed.stream()
            .map(each -> entry(each.id, each.content(patient)))
            .toArray(Submission.Entry[]::new));
    return observed;
  }

  @Test
  void randomSearchesFindWhatAPlainLookFinds() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    List<Observed> all = observed(random, 60);
    for (int i = 0; i < 150; i++) {
      var query = new StringBuilder("Observation?patient=" + patient);
      Predicate<Observed> oracle = each -> true;
      for (int parts = random.nextInt(4); parts > 0; parts--) {
        oracle = oracle.and(condition(random, query));
      }
      Comparator<Observed> order = order(random, query);
      query.append("&_count=").append(1 + random.nextInt(12));
      List<RecordId> expected =
          all.stream().filter(oracle).sorted(order).map(Observed::id).toList();

      List<RecordId> found = everyPage(query.toString());

      String as = "seed " + seed + ": " + query;
      assertThat(found).as(as).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(sortedBy(order, all, found)).as(as).isTrue();
      assertThat(search(query + "&_total=accurate").total()).as(as).isEqualTo(expected.size());
      assertThat(search(query + "&_summary=count").total()).as(as).isEqualTo(expected.size());
    }
  }

  private static boolean sortedBy(
      Comparator<Observed> order, List<Observed> all, List<RecordId> found) {
    List<Observed> observed =
        found.stream()
            .map(id -> all.stream().filter(each -> each.id.equals(id)).findFirst().orElseThrow())
            .toList();
    for (int i = 1; i < observed.size(); i++) {
      if (order.compare(observed.get(i - 1), observed.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private Predicate<Observed> condition(Random random, StringBuilder query) {
    int value = random.nextInt(6);
    LocalDate day = DAY.plusDays(random.nextInt(8));
    String code = List.of("x", "y", "z").get(random.nextInt(3));
    switch (random.nextInt(13)) {
      case 0 -> {
        String system = random.nextBoolean() ? "http://c%7C" : "";
        query.append("&code=").append(system).append(code).append(",none");
        return each -> each.code.equals(code);
      }
      case 1 -> {
        query.append("&code:not=").append(code);
        return each -> !each.code.equals(code);
      }
      case 2 -> {
        query.append("&value-quantity=gt").append(value).append("%7C%7Cmg");
        return each -> each.value > value;
      }
      case 3 -> {
        query.append("&value-quantity=").append(value).append(",").append(value + 1);
        return each -> each.value == value || each.value == value + 1;
      }
      case 4 -> {
        query.append("&date=ge").append(day);
        return each -> !each.day.isBefore(day);
      }
      case 5 -> {
        query.append("&date=").append(day).append(",lt").append(DAY.plusDays(2));
        return each -> each.day.equals(day) || each.day.isBefore(DAY.plusDays(2));
      }
      case 6 -> {
        query.append("&encounter=").append(encounter);
        return each -> each.encounter.equals(encounter);
      }
      case 7 -> {
        query.append("&encounter.status=planned");
        return each -> each.encounter.equals(earlier);
      }
      case 8 -> {
        query.append("&code-value-quantity=").append(code).append("$le").append(value);
        return each -> each.code.equals(code) && each.value <= value;
      }
      case 9 -> {
        query.append("&encounter:Encounter.part-of.status=planned&patient.name=やまだ,山");
        return each -> each.encounter.equals(encounter);
      }
      case 10 -> {
        query.append("&value-string:missing=").append(random.nextInt(6) > 0);
        boolean missing = query.toString().endsWith("true");
        return each -> missing;
      }
      case 11 -> {
        String hospital = List.of("north", "south", "south,north").get(random.nextInt(3));
        boolean not = random.nextBoolean();
        query.append("&_hospital").append(not ? ":not=" : "=").append(hospital);
        return each -> not != hospital.contains("north"); // which wrote them all
      }
      default -> {
        query.append("&status=final");
        return each -> each.status.equals("final");
      }
    }
  }

  private static Comparator<Observed> order(Random random, StringBuilder query) {
    switch (random.nextInt(5)) {
      case 0 -> {
        query.append("&_sort=-date");
        return Comparator.comparing(Observed::day).reversed();
      }
      case 1 -> {
        query.append("&_sort=date");
        return Comparator.comparing(Observed::day);
      }
      case 2 -> {
        query.append("&_sort=code,-value-quantity,date");
        return Comparator.comparing(Observed::code)
            .thenComparing(Comparator.comparing(Observed::value).reversed())
            .thenComparing(Observed::day);
      }
      case 3 -> {
        query.append("&_sort=-value-quantity");
        return Comparator.comparing(Observed::value).reversed();
      }
      default -> {
        query.append("&_sort=_lastUpdated");
        return (a, b) -> 0;
      }
    }
  }

  @Test
  void pagesNeitherRepeatNorOmitWhatWasThereWhileMoreIsStored() {
    var random = new Random(1);
    for (String order : List.of("", "&_sort=-date", "&_sort=date", "&_sort=code,value-quantity")) {
      List<RecordId> before = everyPage("Observation?patient=" + patient + order);
      before = new ArrayList<>(before);
      observed(random, 10).forEach(each -> {});
      List<RecordId> there = everyPage("Observation?patient=" + patient + order);
      var seen = new ArrayList<RecordId>();
      Search search = Search.parse("Observation?patient=" + patient + order + "&_count=3");
      while (true) {
        Page page = control.search(search, dr());
        page.matches().forEach(match -> seen.add(match.record()));
        if (page.next() == null) {
          break;
        }
        observed(random, 1);
        search = Search.parse(search.following(page.next()));
      }
      assertThat(seen).as(order).doesNotHaveDuplicates().containsAll(there);
    }
  }

  @Test
  void bringsAlongWhatIsReferredTo() {
    List<Observed> all = observed(new Random(2), 8);

    Page page = search("Observation?patient=" + patient + "&_include=Observation:encounter");

    assertThat(page.matches()).hasSize(all.size());
    assertThat(ids(page.included()))
        .containsExactlyInAnyOrderElementsOf(
            all.stream().map(Observed::encounter).distinct().toList());
  }

  @Test
  void bringsAlongWhatRefers() {
    List<Observed> all = observed(new Random(3), 8);

    Page page = search("Encounter?patient=" + patient + "&_revinclude=Observation:encounter");

    assertThat(ids(page.included()))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Observed::id).toList());
    Page chart = search("Patient?_id=" + patient + "&_revinclude=Observation:subject");
    assertThat(ids(chart.included()))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Observed::id).toList());
    assertThat(search("Patient?_id=" + patient + "&_revinclude=*").included())
        .hasSize(all.size() + 2);
  }

  @Test
  void whoNamesOnePatientFindsWhatIsAboutThemInTheirChart() {
    OwnAddresses.are(List.of(HERE));
    PatientId child = patient;
    Observed weighed = observed(new Random(9), 1).get(0);
    RecordId unnamed = RecordId.fresh("Observation", Optional.of(child));
    RecordId absolute = RecordId.fresh("Observation", Optional.of(child));
    store(
        entry(unnamed, "'status':'final','code':{'text':'of whom it is, the chart tells'}"),
        entry(
            absolute,
            "'status':'final','code':{'text':'x'},'subject':{'reference':'%s/%s'}"
                .formatted(HERE, child.record())));

    assertThat(everyPage("Observation?patient=" + child))
        .containsExactlyInAnyOrder(weighed.id, absolute);
    assertThat(everyPage("Observation?subject:missing=true")).containsExactly(unnamed);
    assertThat(everyPage("Observation?patient=" + HERE + "/" + child.record()))
        .containsExactlyInAnyOrder(weighed.id, absolute);
    assertThat(everyPage("Observation?patient.name=山田"))
        .containsExactlyInAnyOrder(weighed.id, absolute);
    assertThat(ids(search("Patient?_id=" + child + "&_revinclude=Observation:subject").included()))
        .containsExactlyInAnyOrder(weighed.id, absolute);
  }

  @Test
  void whatIsAboutAPatientIsFoundInAnothersChart() {
    PatientId mother = patient;
    register();
    PatientId child = patient;
    RecordId measured = RecordId.fresh("Observation", Optional.of(child));
    store(
        entry(
            measured,
            "'status':'final','code':{'text':'x'},'subject':{'reference':'%s'},'performer':[{'reference':'%s'}]"
                .formatted(child.record(), mother.record())));
    AccessStatement partner = statement(Role.PARTNER, null);
    Search ofMother = Search.compartment(mother.record(), "Observation", "", false);

    assertThat(ids(control.search(ofMother, partner).matches())).containsExactly(measured);
    assertThat(
            control
                .search(
                    Search.compartment(mother.record(), "Observation", "", false),
                    statement(Role.PHYSICIAN, mother))
                .matches())
        .as("who asks for the mother's records reads none of the child's")
        .isEmpty();
    assertThat(
            ids(
                control
                    .search(
                        Search.parse(
                            "Patient?_id=" + mother + "&_revinclude=Observation:performer"),
                        partner)
                    .included()))
        .containsExactly(measured);
  }

  @Test
  void circlesOfReferencesEnd() {
    Page page =
        search(
            "Encounter?_id="
                + encounter.id()
                + "&_include=Encounter:part-of&_include:iterate=Encounter:*"
                + "&_revinclude:iterate=Encounter:part-of");

    assertThat(ids(page.matches())).containsExactly(encounter);
    assertThat(ids(page.included())).containsExactlyInAnyOrder(earlier, patient.record());
  }

  @Test
  void whatMayNotBeReadIsNotBroughtAlong() {
    observed(new Random(4), 5);

    Page page =
        control.search(
            Search.parse("Encounter?patient=" + patient + "&_revinclude=Observation:encounter"),
            statement(Role.CLERK, patient));

    assertThat(page.matches()).hasSize(2);
    assertThat(page.included()).isEmpty();
  }

  @Test
  void goesByWhatRefersAndByLists() {
    Observed one = observed(new Random(5), 1).get(0);
    RecordId list = RecordId.fresh("List", Optional.of(patient));
    store(
        entry(
            list,
            ("'status':'current','mode':'working','subject':{'reference':'%s'},"
                    + "'entry':[{'item':{'reference':'%s'}}]")
                .formatted(patient.record(), one.id)));

    assertThat(everyPage("Encounter?_has:Observation:encounter:code=" + one.code))
        .containsExactly(one.encounter);
    assertThat(everyPage("Encounter?_has:Observation:encounter:code=none")).isEmpty();
    assertThat(everyPage("Patient?_has:Observation:patient:code=" + one.code))
        .containsExactly(patient.record());
    assertThat(everyPage("Observation?_list=" + list.id())).containsExactly(one.id);
    assertThat(
            everyPage(
                "Encounter?_has:Encounter:part-of:_has:Observation:encounter:code=" + one.code))
        .containsExactly(one.encounter.equals(encounter) ? earlier : encounter);
  }

  @Test
  void aPartnerSearchesAcrossPatients() {
    Observed one = observed(new Random(6), 1).get(0);
    AccessStatement partner = statement(Role.PARTNER, null);

    for (String query :
        List.of(
            "Observation?_id=" + one.id.id(),
            "Observation?patient.identifier=http://test%7C" + patient,
            "Observation?encounter=" + one.encounter,
            "Observation?subject:Patient.identifier=" + patient + "&code=" + one.code,
            "Observation?patient=" + patient + "," + PatientId.fresh())) {
      assertThat(ids(control.search(Search.parse(query), partner).matches()))
          .as(query)
          .containsExactly(one.id);
    }
    assertThat(ids(control.search(Search.parse("Observation?_count=1"), partner).matches()))
        .containsExactly(one.id); // the newest
    assertThat(
            ids(
                control
                    .search(Search.parse("Patient?identifier=http://test%7C" + patient), partner)
                    .matches()))
        .containsExactly(patient.record());
  }

  @Test
  void aCompartmentIsSearched() {
    Observed one = observed(new Random(7), 1).get(0);
    RecordId of = patient.record();

    assertThat(compartment(of, "Observation", "code=" + one.code)).containsExactly(one.id);
    assertThat(compartment(of, "*", "")).containsExactlyInAnyOrder(of, encounter, earlier, one.id);
    assertThat(compartment(one.encounter, "Observation", "")).containsExactly(one.id);
    assertThat(compartment(one.encounter, "*", "_id=" + one.id.id())).containsExactly(one.id);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> compartment(one.encounter, "Organization", ""));
  }

  private List<RecordId> compartment(RecordId of, String type, String query) {
    return ids(control.search(Search.compartment(of, type, query, false), dr()).matches());
  }

  @Test
  void aChartIsGivenPageByPage() {
    List<Observed> all = observed(new Random(8), 25);
    var seen = new ArrayList<RecordId>();
    String query = "_count=10";
    for (String next = ""; next != null; ) {
      Page page = control.chart(Chart.parse(patient, query + next, false), dr());
      seen.addAll(ids(page.matches()));
      next = page.next() == null ? null : "&_page=" + page.next();
    }
    assertThat(seen).hasSize(all.size() + 3).doesNotHaveDuplicates();
    assertThat(control.chart(Chart.parse(patient, "_type=Encounter", false), dr()).matches())
        .hasSize(2);
    assertThat(control.chart(Chart.parse(patient, "_since=2999-01-01", false), dr()).matches())
        .isEmpty();
  }

  // --- to make and to ask ---

  private List<RecordId> everyPage(String url) {
    var found = new ArrayList<RecordId>();
    Search search = Search.parse(url);
    while (true) {
      Page page = control.search(search, dr());
      found.addAll(ids(page.matches()));
      if (page.next() == null) {
        return found;
      }
      search = Search.parse(search.following(page.next()));
    }
  }

  private Page search(String url) {
    return control.search(Search.parse(url), dr());
  }

  private static List<RecordId> ids(List<RecordVersion> versions) {
    return versions.stream().map(RecordVersion::record).toList();
  }

  private Submission.Entry entry(RecordId id, String content) {
    return new Submission.Entry(
        id,
        0,
        "{'resourceType':'%s','id':'%s',%s}"
            .formatted(id.type(), id.id(), content)
            .replace('\'', '"'));
  }

  private void store(Submission.Entry... entries) {
    control.store(
        new Submission(
            UUID.randomUUID(),
            NORTH,
            patient,
            new Author("dr.north", "Dr North", Role.PHYSICIAN),
            Instant.now(),
            List.of(entries)),
        statement(Role.PHYSICIAN, patient),
        null);
  }

  private AccessStatement dr() {
    return statement(Role.PHYSICIAN, patient);
  }

  private static AccessStatement statement(Role role, PatientId about) {
    return AccessStatement.of(
        NORTH, "dr.north", role, Purpose.TREATMENT, about, Set.of(READ, STORE), Instant.now());
  }
}
