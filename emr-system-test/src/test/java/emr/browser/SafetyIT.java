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

  /** Posts the form by which somebody chooses their language, with the state it is given. */
  private static final String CHOICE =
      """
      async state => (await fetch('home.xhtml', { method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ user: 'user', language: 'ja', theme: '', density: '',
          choose: '', 'jakarta.faces.ViewState': state }) })).status""";

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
      for (String forged : List.of("", "stateless", "1:1", state(desk) + "0")) {
        desk.page().evaluate(CHOICE, forged);
        chosen(desk, "en");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clerk.south", "clerk.east"}) // nobody else asks what they chose
  void aFormOfAnotherSessionChangesNothing(String user) {
    try (Desk one = Desk.of(user);
        Desk other = Desk.of(user)) {
      one.page().evaluate(CHOICE, state(other));
      chosen(one, "en");
      assertThat(one.page().evaluate(CHOICE, state(one))).as("its own").isEqualTo(200);
      chosen(one, "ja");
      one.speak("en");
    }
  }

  private static String state(Desk desk) {
    return desk.find("form#user input[name='jakarta.faces.ViewState']").inputValue();
  }

  private static void chosen(Desk desk, String language) {
    desk.page().reload();
    assertThat(desk.find("html").getAttribute("lang")).isEqualTo(language);
  }
}
