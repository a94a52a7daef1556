package emr.bench;

import emr.exchange.record.PatientId;
import emr.exchange.record.RecordKey;
import emr.system.Installation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Many hospitals, and policies in force among them, so that figures are of a centre as it is after
 * years: rows as the centre keeps them of policies, without the Consents that would have made them.
 * Every second one is about one of the patients of the run, the others about all of a hospital's;
 * one in ten refuses.
 */
final class Grants {

  private static final String HOSPITAL =
      "insert into hospital (id, name, hosted, onboarded_by) values (?, ?, true, 'bench')"
          + " on conflict (id) do nothing";

  /** Patient 1 is nobody's key; that these are the bench's own is known by it. */
  private static final String POLICY =
      "insert into policy (patient, record, number, grantor, about, hospital, reads, stores,"
          + " valid_from, in_force, refuses, sensitivity) values (1, ?, 1, ?, ?, ?, true, ?, now(),"
          + " true, ?, ?) on conflict do nothing";

  private final Random random = new Random(7);

  private Grants() {}

  /** Adds what is missing to {@code hospitals} and {@code policies}. */
  static void make(Installation installation, List<String> patients, int hospitals, int policies) {
    try (Connection database = installation.database("emr_app")) {
      database.setAutoCommit(false);
      new Grants().make(database, patients, hospitals, policies);
      database.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the policies could not be made", e);
    }
  }

  private void make(Connection database, List<String> patients, int hospitals, int policies)
      throws SQLException {
    try (PreparedStatement row = database.prepareStatement(HOSPITAL)) {
      for (int i = 1; i <= hospitals; i++) {
        row.setString(1, "bench-%03d".formatted(i));
        row.setString(2, "Hospital " + i);
        row.addBatch();
      }
      row.executeBatch();
    }
    List<Short> numbers = numbers(database);
    try (PreparedStatement row = database.prepareStatement(POLICY)) {
      for (int i = 1; i <= policies; i++) {
        boolean refuses = random.nextInt(10) == 0;
        short grantor = numbers.get(random.nextInt(numbers.size()));
        row.setLong(1, i);
        row.setShort(2, grantor);
        if (i % 2 == 0 && !patients.isEmpty()) {
          row.setLong(3, key(patients.get(random.nextInt(patients.size()))));
        } else {
          row.setNull(3, java.sql.Types.BIGINT);
        }
        row.setShort(4, refuses ? 0 : numbers.get(random.nextInt(numbers.size())));
        row.setBoolean(5, random.nextBoolean());
        row.setBoolean(6, refuses);
        row.setShort(7, (short) (refuses ? 0x1ff : 1));
        row.addBatch();
      }
      row.executeBatch();
    }
  }

  private static long key(String patient) {
    return RecordKey.parse(new PatientId(patient).value()).orElse(RecordKey.NONE).value();
  }

  private static List<Short> numbers(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery("select number from hospital order by number")) {
      var numbers = new ArrayList<Short>();
      while (row.next()) {
        numbers.add(row.getShort(1));
      }
      return numbers;
    }
  }
}
