package emr.hospital.terminal;

import emr.account.Notebook;
import emr.faces.page.Beside;
import emr.hospital.access.StaffNotebook;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;

/** What the terminal's pages ask for while they stay open. */
@WebServlet("/terminal/beside/*")
@SuppressWarnings("NullAway.Init") // the container fills the fields in
public class BesidePages extends Beside {

  private static final long serialVersionUID = 1L;

  @Inject transient TerminalFrame frame;
  @Inject transient StaffNotebook notebook;

  @Override
  protected JsonObjectBuilder live() {
    return Json.createObjectBuilder()
        .add("link", frame.getLinkText())
        .add("icon", frame.getLinkIcon())
        .add("away", frame.getAway())
        .add("outbox", frame.getUnsent());
  }

  @Override
  protected Notebook notebook() {
    return notebook.get();
  }
}
