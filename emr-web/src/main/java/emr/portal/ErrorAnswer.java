package emr.portal;

import emr.faces.Viewpoint;
import emr.faces.account.Entrance;
import emr.faces.account.Shown;
import emr.identity.StaffAccounts;
import jakarta.faces.application.ViewExpiredException;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.shiro.authz.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * The answer where nothing else gave one: to people a page, to programs an OperationOutcome; to
 * neither a stack trace.
 */
@WebServlet("/error")
@SuppressWarnings("NullAway.Init") // the container injects
public class ErrorAnswer extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final String LINK =
      " <a class=\"btn danger\" href=\"%s/portal/emergency.xhtml?patient=%s\">%s</a>";
  private static final Set<Integer> WORDED = Set.of(401, 403, 404);

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%s"><head><meta charset="utf-8"><title>%s</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="icon" type="image/svg+xml" href="%s/jakarta.faces.resource/mark.svg.xhtml?ln=emr">
      <link rel="stylesheet" href="%s/jakarta.faces.resource/emr.css.xhtml?ln=emr"></head>
      <body><div class="shell wide"><main id="main"><div class="page-head"><h1>%s</h1></div>
      <p>%s</p><p class="row"><a class="btn" href="%s/portal/">%s</a>%s</p></main></div></body></html>
      """;

  @Inject StaffAccounts accounts;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Throwable cause = root((Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
    String path =
        Objects.requireNonNullElse(
            (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "");
    boolean portal = path.startsWith(request.getContextPath() + "/portal");
    if (portal && cause instanceof ViewExpiredException) {
      response.sendRedirect(request.getContextPath() + "/portal/sign-in.xhtml?expired=true");
      return;
    }
    int status = cause instanceof AuthorizationException ? 403 : status(request);
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setCharacterEncoding("UTF-8");
    if (portal) {
      response.setContentType("text/html");
      Locale locale = locale(request);
      String title = title(status, locale);
      String place = request.getContextPath();
      response
          .getWriter()
          .print(
              PAGE.formatted(
                  locale.getLanguage(),
                  title,
                  place,
                  place,
                  title,
                  words(status, locale),
                  place,
                  PortalText.in(locale, "error.back"),
                  emergency(request, locale)));
    } else {
      response.setContentType("application/fhir+json");
      response
          .getWriter()
          .printf(
              "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"%s\",\"code\":\"%s\"}]}",
              status >= 500 ? "fatal" : "error", code(status));
    }
  }

  /**
   * For who may break the glass, a way to do so for the patient they asked for; whether or not
   * there is such a patient.
   */
  private String emergency(HttpServletRequest request, Locale locale) {
    HttpSession session = request.getSession(false);
    boolean may =
        session != null
            && Entrance.ticket(session)
                .flatMap(accounts::find)
                .filter(person -> Permission.of(person).contains(Permission.EMERGENCY_OPEN))
                .isPresent();
    String patient = Objects.requireNonNullElse(request.getParameter("patient"), "");
    return may && ID.matcher(patient).matches()
        ? LINK.formatted(
            request.getContextPath(), patient, viewpoint(locale).text("emergency.rail"))
        : "";
  }

  private static Viewpoint viewpoint(Locale locale) {
    return new Viewpoint(locale, ZoneOffset.UTC, Instant.now());
  }

  private static Locale locale(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return Optional.ofNullable(session)
        .flatMap(Shown::of)
        .flatMap(Shown::locale)
        .orElse(request.getLocale().getLanguage().equals("ja") ? Locale.JAPANESE : Locale.ENGLISH);
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : HttpServletResponse.SC_NOT_FOUND;
  }

  private static @Nullable Throwable root(@Nullable Throwable thrown) {
    Throwable at = thrown;
    while (at != null && at.getCause() != null && !(at instanceof AuthorizationException)) {
      at = at.getCause();
    }
    return at;
  }

  private static String title(int status, Locale locale) {
    return PortalText.in(
        locale,
        status == 403 ? "error.right" : status == 404 ? "error.no-page" : "error.went-wrong");
  }

  private static String words(int status, Locale locale) {
    return PortalText.in(
        locale,
        status == 403
            ? "error.right-why"
            : WORDED.contains(status) ? "error.moved" : "error.nothing-stored");
  }

  private static String code(int status) {
    return switch (status) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 406, 415 -> "not-supported";
      default -> status >= 500 ? "exception" : "structure";
    };
  }
}
