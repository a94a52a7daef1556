package emr.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The centre's audit trail, counted in the database itself with the application's own role. */
final class Trail {

  private static final String COUNTS =
      """
      select h.id, case when a.action = 4 then 'stored' else 'retrieved' end,
        sum(cardinality(a.records))
      from audit a join hospital h on h.number = a.hospital
      where a.permitted and a.action between 0 and 4
      group by 1, 2
      """;

  private final Map<String, Long> counts = new TreeMap<>();

  private Trail() {}

  static Trail of(Installation installation) {
    var trail = new Trail();
    try (Connection database = installation.database("emr_app");
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(COUNTS)) {
      while (rows.next()) {
        trail.counts.put(rows.getString(1) + " " + rows.getString(2), rows.getLong(3));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the audit trail cannot be read", e);
    }
    return trail;
  }

  /** Versions of records stored for {@code hospital}, as the trail names them. */
  long stored(String hospital) {
    return counts.getOrDefault(hospital + " stored", 0L);
  }

  /** Versions of records disclosed to {@code hospital}. */
  long retrieved(String hospital) {
    return counts.getOrDefault(hospital + " retrieved", 0L);
  }
}
