package emr.portal;

import emr.charging.ChargingServer;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * A month's statements as CSV: {@code /portal/operator/charges.csv?month=2026-11}, this month if
 * none is given. It asks for itself whether an operator is signed in, and does not rely on a filter
 * before it.
 */
@WebServlet("/portal/operator/charges.csv")
@SuppressWarnings("NullAway.Init") // the container injects
public class StatementDownload extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient ChargingServer charging;
  @Inject transient SignedIn signedIn;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!signedIn.may(Permission.CENTRE_OPERATE)) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    YearMonth month;
    try {
      String given = request.getParameter("month");
      month = given == null ? YearMonth.now(ZoneOffset.UTC) : YearMonth.parse(given);
    } catch (DateTimeException e) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    byte[] csv = charging.csv(Objects.requireNonNull(month)).getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setContentLength(csv.length);
    response.setHeader("Content-Disposition", "attachment; filename=\"charges-" + month + ".csv\"");
    response.getOutputStream().write(csv);
  }
}
