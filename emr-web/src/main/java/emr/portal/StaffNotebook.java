package emr.portal;

import emr.account.MasterKey;
import emr.account.Notebook;
import emr.identity.Staff;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/** The notebook of who works at the portal. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffNotebook {

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  @Inject MasterKey key;

  private Notebook notebook;

  @PostConstruct
  void open() {
    notebook = new Notebook(database, key.master());
    notebook.sealEarlier();
  }

  Notebook get() {
    return notebook;
  }

  /** Whom {@code staff} share their stamps with. */
  static String circle(Staff staff) {
    return staff.hospital() + "/" + staff.role();
  }
}
