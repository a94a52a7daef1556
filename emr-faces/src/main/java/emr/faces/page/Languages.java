package emr.faces.page;

import emr.account.Preferences;
import emr.faces.account.Shown;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import java.util.Locale;

/** Writes pages in the language a person has chosen, or else in the one their browser asks for. */
public class Languages extends ViewHandlerWrapper {

  public Languages(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public Locale calculateLocale(FacesContext faces) {
    Preferences chosen = Shown.now();
    return Shown.locale(chosen)
        .orElseGet(
            () -> {
              Locale asked = super.calculateLocale(faces);
              return Shown.locale(chosen.inLanguage(asked.getLanguage())).orElse(asked);
            });
  }
}
