package emr.portal;

import emr.faces.Viewpoint;
import emr.faces.account.Shown;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.ResourceBundle;

/** The portal's words and dates, in the language of the page. */
final class PortalText {

  private static final String BUNDLE = "emr.portal.text";

  private PortalText() {}

  /** The words under {@code key}, their {0}, {1} … replaced. */
  static String of(String key, Object... values) {
    return in(Shown.language(), key, values);
  }

  /** The same where no page says the language. */
  static String in(Locale locale, String key, Object... values) {
    String pattern = ResourceBundle.getBundle(BUNDLE, locale).getString(key);
    return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
  }

  static Viewpoint viewpoint() {
    return new Viewpoint(Shown.language(), ZoneOffset.UTC, Instant.now());
  }

  /** Says on the page that something was done. */
  static void done(String words) {
    say(FacesMessage.SEVERITY_INFO, words);
  }

  /** Says on the page that something was not done, and why. */
  static void notDone(String words) {
    say(FacesMessage.SEVERITY_ERROR, words);
  }

  private static void say(FacesMessage.Severity severity, String words) {
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, words, null));
  }

  /** Keeps what was said for the page that is led to. */
  static String leadTo(String page) {
    FacesContext.getCurrentInstance().getExternalContext().getFlash().setKeepMessages(true);
    return page + (page.contains("?") ? "&" : "?") + "faces-redirect=true";
  }
}
