package emr.portal;

import emr.account.Notebook;
import emr.identity.Staff;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;

/** The notebook of who works at the portal. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class StaffNotebook {

  @Resource(lookup = "jdbc/emr")
  DataSource database;

  private Notebook notebook;

  @PostConstruct
  void open() {
    notebook = new Notebook(database);
  }

  Notebook get() {
    return notebook;
  }

  /** Whom {@code staff} share their stamps with. */
  static String circle(Staff staff) {
    return staff.hospital() + "/" + staff.role();
  }
}
