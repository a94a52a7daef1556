package emr.hospital.temporarystore;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the hospital's database to the shape that this version of the program knows. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class HospitalDatabase {

  @Resource(lookup = "jdbc/emr-hospital")
  DataSource database;

  @PostConstruct
  void migrate() {
    Flyway.configure(HospitalDatabase.class.getClassLoader())
        .dataSource(database)
        .locations("classpath:db/hospital")
        .load()
        .migrate();
  }
}
