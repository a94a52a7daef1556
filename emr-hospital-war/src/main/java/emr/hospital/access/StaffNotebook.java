package emr.hospital.access;

import emr.account.Notebook;
import emr.hospital.communication.HospitalIdentity;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** The notebook of this hospital's staff. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class StaffNotebook {

  @Resource(lookup = "jdbc/emr-hospital")
  DataSource database;

  @Inject HospitalIdentity identity;

  private Notebook notebook;

  @PostConstruct
  void open() {
    notebook = new Notebook(database, identity.master());
    notebook.sealEarlier();
  }

  public Notebook get() {
    return notebook;
  }

  /** Whom {@code staff} share their stamps with. */
  public static String circle(Staff staff) {
    return staff.role().name();
  }
}
