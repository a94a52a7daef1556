package emr.faces.page;

import emr.account.Notebook;
import emr.account.Stamp;
import emr.account.Ticket;
import emr.exchange.record.Refusal;
import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import jakarta.faces.application.FacesMessage;
import java.util.List;
import java.util.UUID;

/** The bean of {@code /emr/page/stamps.xhtml}: texts that somebody writes often; request-scoped. */
public abstract class StampsPage {

  private String word = "";
  private String text = "";
  private boolean shared;

  protected abstract Viewpoint viewpoint();

  protected abstract Notebook notebook();

  /** Whom stamps are shared with. */
  protected abstract String circle();

  public String getUser() {
    return Entrance.ticket().map(Ticket::user).orElseThrow(Refusal::notPermitted);
  }

  /** By word; own before those of colleagues. */
  public List<Stamp> getStamps() {
    return notebook().stamps(getUser(), circle());
  }

  /** Keeps what was typed, in place of an own stamp of the same word. */
  public String keep() {
    try {
      var stamp =
          new Stamp(
              UUID.randomUUID(), getUser(), shared, word.strip().replaceAll("^[;；]", ""), text);
      notebook().keep(stamp, circle());
      Messages.keep(FacesMessage.SEVERITY_INFO, viewpoint().text("stamps.saved", stamp.word()));
      return "stamps?faces-redirect=true";
    } catch (Refusal refusal) {
      Messages.keep(FacesMessage.SEVERITY_ERROR, viewpoint().explained(refusal));
      return "";
    }
  }

  public String remove(UUID id) {
    notebook().discardStamp(id, getUser());
    return "stamps?faces-redirect=true";
  }

  public String getWord() {
    return word;
  }

  public void setWord(String word) {
    this.word = word;
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text;
  }

  public boolean isShared() {
    return shared;
  }

  public void setShared(boolean shared) {
    this.shared = shared;
  }
}
