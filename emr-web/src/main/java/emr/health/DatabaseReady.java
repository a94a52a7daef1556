package emr.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The database answers within {@value #SECONDS} seconds. */
@Readiness
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class DatabaseReady implements HealthCheck {

  private static final int SECONDS = 3;

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Override
  public HealthCheckResponse call() {
    var answer = HealthCheckResponse.named("database");
    try (Connection connection = database.getConnection()) {
      return answer.status(connection.isValid(SECONDS)).build();
    } catch (SQLException e) {
      return answer.down().withData("cause", e.getClass().getSimpleName()).build();
    }
  }
}
