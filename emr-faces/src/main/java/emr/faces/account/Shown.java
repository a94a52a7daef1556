package emr.faces.account;

import emr.account.Preferences;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** How pages are shown to the person of a session: what their account says, read once. */
public final class Shown {

  private static final String KEY = "emr.preferences";

  private Shown() {}

  /** How this request's person wants pages shown; before sign-in, what was chosen there. */
  public static Preferences now() {
    var session = FacesContext.getCurrentInstance().getExternalContext().getSession(false);
    return session instanceof HttpSession http
        ? of(http).orElse(Preferences.NONE)
        : Preferences.NONE;
  }

  public static Optional<Preferences> of(HttpSession session) {
    return session.getAttribute(KEY) instanceof Preferences chosen
        ? Optional.of(chosen)
        : Optional.empty();
  }

  /** Pages of {@code session} are shown like this from now on. */
  public static void like(HttpSession session, Preferences chosen) {
    session.setAttribute(KEY, chosen);
  }

  static void once(HttpSession session, Supplier<Preferences> account) {
    if (of(session).isEmpty()) {
      like(session, account.get());
    }
  }

  /** The language that was chosen and how it counts years; empty if none was. */
  public static Optional<Locale> locale(Preferences chosen) {
    return switch (chosen.language()) {
      case "en" -> Optional.of(Locale.ENGLISH);
      case "ja" -> Optional.of(Locale.forLanguageTag(chosen.era() ? "ja-u-ca-japanese" : "ja"));
      default -> Optional.empty();
    };
  }
}
