package emr.portal;

import emr.account.Notebook;
import emr.faces.page.Beside;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;

/** What the portal's pages ask for while they stay open: they are at the centre, which is there. */
@WebServlet("/portal/beside/*")
@SuppressWarnings("NullAway.Init") // the container injects
public class BesidePages extends Beside {

  private static final long serialVersionUID = 1L;

  @Inject transient StaffNotebook notebook;

  @Override
  protected JsonObjectBuilder live() {
    return Json.createObjectBuilder();
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }
}
