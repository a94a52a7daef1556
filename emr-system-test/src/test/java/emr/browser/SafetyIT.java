package emr.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages tell browsers to do and not to do. */
class SafetyIT {

  private static final String FORGED =
      """
      async () => (await fetch('home.xhtml', { method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: 'user=user&language=ja&theme=dark&density=&choose=' })).status""";

  @ParameterizedTest
  @ValueSource(strings = {"dr.south", "dr.east"})
  void pagesAreNotKeptNotFramedAndRunOnlyTheirOwnScripts(String user) {
    try (Desk desk = Desk.of(user)) {
      Response answer = desk.page().reload();
      Map<String, String> headers = answer.allHeaders();
      assertThat(headers.get("cache-control")).isEqualTo("no-store");
      assertThat(headers.get("x-content-type-options")).isEqualTo("nosniff");
      assertThat(headers.get("x-frame-options")).isEqualTo("DENY");
      assertThat(headers.get("strict-transport-security")).startsWith("max-age=");
      String policy = headers.get("content-security-policy");
      assertThat(policy).contains("object-src 'none'").contains("frame-ancestors 'none'");
      assertThat(policy.replaceAll(".*script-src ([^;]*).*", "$1"))
          .contains("'nonce-")
          .doesNotContain("unsafe");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dr.south", "dr.east"})
  void sessionsAreForThisSiteAloneAndNotForScripts(String user) {
    try (Desk desk = Desk.of(user)) {
      List<Cookie> cookies = desk.page().context().cookies();
      assertThat(cookies).isNotEmpty();
      for (Cookie cookie : cookies) {
        assertThat(cookie.secure).as(cookie.name).isTrue();
        assertThat(cookie.httpOnly).as(cookie.name).isTrue();
        assertThat(cookie.sameSite).as(cookie.name).isEqualTo(SameSiteAttribute.STRICT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dr.south", "dr.east"})
  void aFormThatNoPageOfOursMadeChangesNothing(String user) {
    try (Desk desk = Desk.of(user)) {
      desk.page().evaluate(FORGED);
      desk.page().reload();
      assertThat(desk.find("html").getAttribute("lang")).isEqualTo("en");
      assertThat(desk.find("html").getAttribute("data-theme")).isNull();
    }
  }
}
