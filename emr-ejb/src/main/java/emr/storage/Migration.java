package emr.storage;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before anything else begins; what starts with the application
 * depends on it by {@code @DependsOn("Migration")}. Works as the schema's owner, the only one to.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container injects
public class Migration {

  @Resource(lookup = "jdbc/emr-owner")
  DataSource owner;

  @PostConstruct
  void migrate() {
    Flyway.configure(Migration.class.getClassLoader())
        .dataSource(owner)
        .schemas("emr")
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }
}
