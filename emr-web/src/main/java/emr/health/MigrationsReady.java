package emr.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The schema is there, up to the tables of the last migration, for the application's own role. */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class MigrationsReady implements HealthCheck {

  private static final String LAST_TABLES =
      """
      select has_table_privilege('hospital', 'select') and has_table_privilege('version', 'insert')
        and has_table_privilege('audit', 'insert') and has_table_privilege('hospital_contact', 'update')
      """;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Override
  public HealthCheckResponse call() {
    var answer = HealthCheckResponse.named("migrations");
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(LAST_TABLES);
        ResultSet row = query.executeQuery()) {
      return answer.status(row.next() && row.getBoolean(1)).build();
    } catch (SQLException e) {
      return answer.down().withData("cause", e.getClass().getSimpleName()).build();
    }
  }
}
