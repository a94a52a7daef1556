package emr.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emr.exchange.access.AccessRight;
import emr.exchange.access.AccessStatement;
import emr.exchange.access.Purpose;
import emr.exchange.access.Role;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The judge and the SQL that says the same agree, on what chance makes of policies, askers and
 * records. Needs a PostgreSQL where it may make temporary tables: the address with user and
 * password in the property {@code emr.test.database}.
 */
class JudgementIT {

  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final int ROUNDS = 150;
  private static final short[] TYPES = {
    RecordTypes.PATIENT,
    RecordTypes.CONSENT,
    RecordTypes.number("Observation"),
    RecordTypes.number("Condition"),
    RecordTypes.number("Encounter"),
    RecordTypes.number("Practitioner"),
    RecordTypes.number("Binary")
  };

  private final Random chance = new Random(20260105);

  @Test
  @Tag("claim-08")
  @Tag("claim-12")
  void theJudgeAndTheDatabaseAgree() throws SQLException {
    String address = System.getProperty("emr.test.database", "");
    assumeTrue(!address.isEmpty(), "no emr.test.database");
    int permitted = 0;
    try (Connection connection = DriverManager.getConnection(address)) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "create temporary table policy (patient bigint, record bigint, number int,"
                + " grantor smallint, about bigint, hospital smallint, role smallint,"
                + " person text, types smallint[], reads boolean, stores boolean,"
                + " valid_from timestamptz, valid_until timestamptz, in_force boolean)");
      }
      for (int round = 0; round < ROUNDS; round++) {
        List<StandingPolicy> policies = policies();
        write(connection, policies);
        for (int i = 0; i < 10; i++) {
          Asker asker = asker();
          AccessRight right = AccessRight.values()[chance.nextInt(2)];
          for (int j = 0; j < 5; j++) {
            RecordFacts record = record();
            String expected = AccessJudge.judge(right, asker, policies, record, NOON).rule();
            assertThat(rule(connection, right, asker, record))
                .as("%s of %s by %s under %s", right, record, asker, policies)
                .isEqualTo(expected);
            permitted += expected == null ? 0 : 1;
          }
        }
      }
    }
    assertThat(permitted).isBetween(ROUNDS * 5, ROUNDS * 45);
  }

  private List<StandingPolicy> policies() {
    var policies = new ArrayList<StandingPolicy>();
    for (int i = chance.nextInt(4); i >= 0; i--) {
      var rights = EnumSet.of(AccessRight.values()[chance.nextInt(2)]);
      if (chance.nextBoolean()) {
        rights = EnumSet.allOf(AccessRight.class);
      }
      var types = new TreeSet<Short>();
      for (int t = chance.nextInt(3); t > 0; t--) {
        types.add(TYPES[chance.nextInt(TYPES.length)]);
      }
      policies.add(
          new StandingPolicy(
              chance.nextInt(3),
              1000L + i,
              1 + chance.nextInt(3),
              hospital(),
              chance.nextBoolean() ? null : patient(),
              hospital(),
              chance.nextInt(3) > 0 ? null : role(),
              chance.nextInt(3) > 0 ? null : user(),
              types,
              rights,
              NOON.plusSeconds(chance.nextInt(3) - 2),
              chance.nextBoolean() ? null : NOON.plusSeconds(1 + chance.nextInt(2)),
              chance.nextInt(5) > 0));
    }
    return policies;
  }

  private Asker asker() {
    var rights = EnumSet.allOf(AccessRight.class);
    if (chance.nextInt(4) == 0) {
      rights.remove(AccessRight.values()[chance.nextInt(2)]);
    }
    Role role = role();
    String user = user();
    AccessStatement statement =
        AccessStatement.of(
            new HospitalId("any"), user, role, Purpose.TREATMENT, null, rights, NOON);
    return Asker.of(
        statement, hospital(), chance.nextInt(3) == 0 ? null : new RecordKey(patient()));
  }

  private RecordFacts record() {
    long patient = chance.nextInt(4) == 0 ? 0 : patient();
    return new RecordFacts(TYPES[chance.nextInt(TYPES.length)], patient, hospital(), hospital());
  }

  private short hospital() {
    return (short) (1 + chance.nextInt(3));
  }

  private long patient() {
    return 1L + chance.nextInt(2);
  }

  private Role role() {
    return Role.values()[chance.nextInt(Role.values().length)];
  }

  private String user() {
    return chance.nextBoolean() ? "ann" : "bob";
  }

  private static void write(Connection connection, List<StandingPolicy> policies)
      throws SQLException {
    new Query().add("delete from policy").prepare(connection).executeUpdate();
    for (StandingPolicy policy : policies) {
      Set<Short> types = policy.types();
      short[] numbers = new short[types.size()];
      int i = 0;
      for (short type : new TreeSet<>(types)) {
        numbers[i++] = type;
      }
      var query =
          new Query()
              .add(
                  "insert into policy values (?::bigint, ?::bigint, ?::int, ?::smallint, ?::bigint,"
                      + " ?::smallint, ?::smallint, ?::text, ?::smallint[], ?::boolean,"
                      + " ?::boolean, ?::timestamptz, ?::timestamptz, ?::boolean)",
                  policy.patient(),
                  policy.record(),
                  policy.number(),
                  policy.grantor(),
                  policy.about(),
                  policy.hospital(),
                  policy.role() == null ? null : (short) policy.role().ordinal(),
                  policy.user(),
                  types.isEmpty() ? null : numbers,
                  policy.rights().contains(AccessRight.READ),
                  policy.rights().contains(AccessRight.STORE),
                  policy.from(),
                  policy.until(),
                  policy.inForce());
      try (var insert = query.prepare(connection)) {
        insert.executeUpdate();
      }
    }
  }

  private static String rule(
      Connection connection, AccessRight right, Asker asker, RecordFacts record)
      throws SQLException {
    var judgement = new Judgement(right, asker, NOON);
    var query = new Query().add("with ");
    judgement.addPolicies(query);
    query.add(" select ");
    judgement.addRule(query);
    query.add(
        " from (values (?::bigint, ?::smallint, ?::smallint, ?::smallint))"
            + " c(patient, type, custodian, author)",
        record.patient(),
        record.type(),
        record.custodian(),
        record.author());
    try (var select = query.prepare(connection);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
