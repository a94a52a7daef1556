package emr.faces.page;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;

/** Tells the person at a page what happened. */
final class Messages {

  private Messages() {}

  /** On this page. */
  static void say(FacesMessage.Severity severity, String words) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, words, null));
  }

  /** On this page or, after a redirect, on the next. */
  static void keep(FacesMessage.Severity severity, String words) {
    say(severity, words);
    FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
  }
}
