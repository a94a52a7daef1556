package emr.hospital.terminal;

import emr.account.Notebook;
import emr.faces.Viewpoint;
import emr.faces.page.StampsPage;
import emr.hospital.access.StaffNotebook;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Texts that the person at the terminal writes often. */
@Named("stamps")
@RequestScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class Stamps extends StampsPage {

  @Inject Desk desk;
  @Inject StaffNotebook notebook;

  @Override
  protected Viewpoint viewpoint() {
    return desk.viewpoint();
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }

  @Override
  protected String circle() {
    return StaffNotebook.circle(desk.staff());
  }
}
