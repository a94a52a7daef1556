package emr.centre;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emr.access.AccessJudge;
import emr.access.Asker;
import emr.access.EmergencyWindow;
import emr.access.Judgement;
import emr.access.Query;
import emr.access.RecordFacts;
import emr.access.RecordTypes;
import emr.access.StandingPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Random policies, emergencies, records and askers: {@link AccessJudge} and the SQL of {@link
 * Judgement}, run by the database itself on tables of its own, name the same rule for each record.
 */
@Tag("claim-08")
@Tag("claim-10")
@Tag("claim-12")
@Tag("claim-14")
class JudgementIT {

  private static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");
  private static final short[] HOSPITALS = {1, 2, 3};
  private static final long[] PATIENTS = {0, 71, 72};
  private static final String[] USERS = {"ada", "ben"};
  private static final List<String> TYPES =
      List.of("Patient", "Observation", "Condition", "Appointment", "Practitioner", "Consent");
  private static final Sensitivity[] LABELS = {
    Sensitivity.NORMAL, Sensitivity.RESTRICTED, Sensitivity.VERY_RESTRICTED, Sensitivity.HIV
  };

  /** Where these ports are, counted from the installation's first. */
  private static final int FHIR = 80;

  private static final int DATABASE = 432;

  private static final String TABLES =
      """
      create temp table policy (patient bigint, record bigint, number int, grantor smallint,
        about bigint, hospital smallint, role smallint, person text, types smallint[],
        reads boolean, stores boolean, valid_from timestamptz, valid_until timestamptz,
        in_force boolean, sensitivity smallint, refuses boolean);
      create temp table emergency (id uuid, hospital smallint, person text, patient bigint,
        types smallint[], opened_at timestamptz, until timestamptz, ended_at timestamptz);
      create temp table current (patient bigint, record bigint, type smallint, custodian smallint,
        author smallint, sensitivity smallint);
      create temp table version (patient bigint, record bigint, type smallint, custodian smallint,
        author smallint, sensitivity smallint);
      """;

  private static @Nullable Connection database;

  /**
   * A record as it is kept.
   *
   * @param was how delicate a version of it was, when it was written
   */
  private record Kept(long record, RecordFacts facts, short was) {

    /** The version is as delicate as it was, and as the record is now. */
    RecordFacts ofVersion() {
      return new RecordFacts(
          facts.type(),
          facts.patient(),
          facts.custodian(),
          facts.author(),
          (short) (facts.sensitivity() | was));
    }
  }

  @Property(tries = 400)
  void theJudgeAndTheDatabaseNameTheSameRule(@ForAll long seed) throws SQLException {
    var random = new Random(seed);
    List<StandingPolicy> policies = many(random, 12, this::policy);
    List<EmergencyWindow> emergencies = many(random, 4, this::emergency);
    List<Kept> records = many(random, 12, this::kept);
    Connection connection = connection();
    fill(connection, policies, emergencies, records);
    for (int i = 0; i < 6; i++) {
      Asker asker = asker(random);
      AccessRight right = pick(random, AccessRight.values());
      Long bound = random.nextBoolean() ? null : (Long) PATIENTS[1 + random.nextInt(2)];
      for (Kept kept : records) {
        boolean visible =
            asker.patient() != null || bound == null || kept.facts().patient() == bound;
        if (!visible) {
          continue; // the query is bound to another patient's chart
        }
        String judged =
            AccessJudge.judge(right, asker, policies, emergencies, kept.facts(), NOW).rule();
        var judgement = new Judgement(right, asker, NOW, bound);
        assertThat(asked(connection, judgement, "current", kept))
            .as(
                "%s by %s of %s, policies %s, emergencies %s",
                right, asker, kept, policies, emergencies)
            .isEqualTo(judged);
        String judgedOfVersion =
            AccessJudge.judge(right, asker, policies, emergencies, kept.ofVersion(), NOW).rule();
        assertThat(asked(connection, judgement.ofVersions(), "version", kept))
            .as("versions: %s by %s of %s, policies %s", right, asker, kept, policies)
            .isEqualTo(judgedOfVersion);
        Long chart = kept.facts().patient();
        var ofItsChart = new Judgement(right, asker, NOW, chart).ofVersions(kept.record());
        assertThat(asked(connection, ofItsChart, "version", kept))
            .as("one record's: %s by %s of %s, policies %s", right, asker, kept, policies)
            .isEqualTo(judgedOfVersion);
      }
    }
  }

  private static @Nullable String asked(
      Connection connection, Judgement judgement, String table, Kept kept) throws SQLException {
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select rule");
    judgement.addFrom(query, table + " c");
    query.add(
        " where c.patient = ?::bigint and c.record = ?::bigint",
        kept.facts().patient(),
        kept.record());
    try (var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static Connection connection() throws SQLException {
    Connection known = database;
    if (known == null) {
      try {
        JsonNode status = new ObjectMapper().readTree(new File(System.getProperty("emr.status")));
        known = open(status);
      } catch (IOException e) {
        throw new IllegalStateException("the installation is not known", e);
      }
      try (Statement statement = known.createStatement()) {
        statement.execute(TABLES);
      }
      database = known;
    }
    return known;
  }

  private static Connection open(JsonNode status) throws SQLException, IOException {
    String password =
        Files.readString(Path.of(System.getProperty("emr.home"), "secrets", "db-owner")).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + (URI.create(status.path("fhir").asText()).getPort() - FHIR + DATABASE)
            + "/emr?currentSchema=emr",
        "emr_owner",
        password);
  }

  private static void fill(
      Connection connection,
      List<StandingPolicy> policies,
      List<EmergencyWindow> emergencies,
      List<Kept> records)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate policy, emergency, current, version");
    }
    for (StandingPolicy p : policies) {
      run(
          connection,
          new Query()
              .add(
                  "insert into pg_temp.policy (patient, record, number, grantor, about, hospital,"
                      + " role, person, types, reads, stores, valid_from, valid_until, in_force,"
                      + " sensitivity, refuses) values (?::bigint, ?::bigint, ?::int, ?::smallint,"
                      + " ?::bigint, ?::smallint, ?::smallint, ?::text, ?::smallint[], ?::boolean,"
                      + " ?::boolean, ?::timestamptz, ?::timestamptz, ?::boolean, ?::smallint,"
                      + " ?::boolean)",
                  p.patient(),
                  p.record(),
                  p.number(),
                  p.grantor(),
                  p.about(),
                  p.hospital(),
                  p.role() == null ? null : (Short) (short) p.role().ordinal(),
                  p.user(),
                  array(p.types()),
                  p.rights().contains(AccessRight.READ),
                  p.rights().contains(AccessRight.STORE),
                  p.from(),
                  p.until(),
                  p.inForce(),
                  p.sensitivity(),
                  p.refuses()));
    }
    for (EmergencyWindow e : emergencies) {
      run(
          connection,
          new Query()
              .add(
                  "insert into pg_temp.emergency (id, hospital, person, patient, types,"
                      + " opened_at, until, ended_at) values (?::uuid, ?::smallint, ?::text,"
                      + " ?::bigint, ?::smallint[], ?::timestamptz, ?::timestamptz,"
                      + " ?::timestamptz)",
                  e.id(),
                  e.hospital(),
                  e.person(),
                  e.patient(),
                  array(e.types()),
                  e.openedAt(),
                  e.until(),
                  e.endedAt()));
    }
    for (Kept kept : records) {
      RecordFacts facts = kept.facts();
      for (String table : List.of("current", "version")) {
        run(
            connection,
            new Query()
                .add(
                    "insert into pg_temp."
                        + table
                        + " values (?::bigint, ?::bigint, ?::smallint, ?::smallint, ?::smallint,"
                        + " ?::smallint)",
                    facts.patient(),
                    kept.record(),
                    facts.type(),
                    facts.custodian(),
                    facts.author(),
                    noted(table.equals("current") ? facts.sensitivity() : kept.was())));
      }
    }
  }

  /** Nothing is noted for what is not delicate. */
  private static @Nullable Short noted(short sensitivity) {
    return sensitivity == RecordFacts.NORMAL ? null : (Short) sensitivity;
  }

  private static void run(Connection connection, Query query) throws SQLException {
    try (var statement = query.prepare(connection)) {
      statement.executeUpdate();
    }
  }

  private static short @Nullable [] array(Set<Short> numbers) {
    if (numbers.isEmpty()) {
      return null;
    }
    short[] array = new short[numbers.size()];
    int i = 0;
    for (short number : numbers) {
      array[i++] = number;
    }
    return array;
  }

  private interface Making<T> {
    T one(Random random, int number);
  }

  private static <T> List<T> many(Random random, int most, Making<T> making) {
    var many = new ArrayList<T>();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      many.add(making.one(random, i + 1));
    }
    return many;
  }

  private StandingPolicy policy(Random random, int number) {
    boolean refuses = random.nextInt(4) == 0;
    Instant from = NOW.plus(random.nextInt(5) - 3, ChronoUnit.HOURS);
    return new StandingPolicy(
        refuses,
        71,
        number,
        1,
        hospital(random),
        random.nextInt(3) == 0 ? null : (Long) PATIENTS[1 + random.nextInt(2)],
        random.nextInt(3) == 0 ? StandingPolicy.EVERY_OTHER : hospital(random),
        random.nextInt(3) == 0 ? pick(random, Role.values()) : null,
        random.nextInt(3) == 0 ? pick(random, USERS) : null,
        random.nextBoolean() ? Set.of() : types(random),
        labels(random),
        random.nextInt(3) == 0
            ? Set.of(AccessRight.READ, AccessRight.STORE)
            : Set.of(pick(random, AccessRight.values())),
        from,
        random.nextBoolean() ? null : from.plus(1 + random.nextInt(3), ChronoUnit.HOURS),
        random.nextInt(5) != 0);
  }

  private EmergencyWindow emergency(Random random, int number) {
    Instant from = NOW.plus(random.nextInt(90) - 60, ChronoUnit.MINUTES);
    return new EmergencyWindow(
        new UUID(random.nextLong(), number),
        hospital(random),
        pick(random, USERS),
        PATIENTS[1 + random.nextInt(2)],
        random.nextBoolean() ? Set.of() : types(random),
        from.plusMillis(number),
        from.plus(60, ChronoUnit.MINUTES),
        random.nextInt(4) == 0 ? from.plus(10, ChronoUnit.MINUTES) : null);
  }

  private Kept kept(Random random, int number) {
    short type = RecordTypes.number(pick(random, TYPES.toArray(String[]::new)));
    return new Kept(
        number,
        new RecordFacts(
            type, PATIENTS[random.nextInt(3)], hospital(random), hospital(random), labels(random)),
        labels(random));
  }

  private static Asker asker(Random random) {
    Role role = pick(random, Role.values());
    var statement =
        new AccessStatement(
            new UUID(random.nextLong(), random.nextLong()),
            new HospitalId("north"),
            pick(random, USERS),
            role,
            pick(random, Purpose.values()),
            null,
            random.nextInt(3) == 0
                ? Set.of(pick(random, AccessRight.values()))
                : Set.of(AccessRight.READ, AccessRight.STORE),
            scopes(random),
            NOW,
            NOW.plusSeconds(60));
    long patient = PATIENTS[random.nextInt(3)];
    return Asker.of(statement, hospital(random), patient == 0 ? null : new RecordKey(patient));
  }

  /** Types to which a right is bound; mostly to none. */
  private static Map<AccessRight, Set<String>> scopes(Random random) {
    var scopes = new EnumMap<AccessRight, Set<String>>(AccessRight.class);
    for (AccessRight right : AccessRight.values()) {
      if (random.nextInt(3) == 0) {
        scopes.put(
            right,
            Set.copyOf(
                List.of(
                    pick(random, TYPES.toArray(String[]::new)),
                    pick(random, TYPES.toArray(String[]::new)))));
      }
    }
    return scopes;
  }

  private static short labels(Random random) {
    var labels = new HashSet<Sensitivity>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      labels.add(pick(random, LABELS));
    }
    return Sensitivity.bits(labels);
  }

  private static Set<Short> types(Random random) {
    var types = new HashSet<Short>();
    for (int i = 0; i < 2; i++) {
      types.add(RecordTypes.number(TYPES.get(random.nextInt(TYPES.size()))));
    }
    return types;
  }

  private static short hospital(Random random) {
    return HOSPITALS[random.nextInt(HOSPITALS.length)];
  }

  private static <T> T pick(Random random, T[] from) {
    return from[random.nextInt(from.length)];
  }
}
