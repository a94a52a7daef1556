package emr.faces.account;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session ends when nobody sits before it, whatever its page asks for by itself. */
class IdleTest {

  private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");

  private final Map<String, Object> session = new HashMap<>();

  @Test
  void whoDoesSomethingStays() {
    Instant at = NINE;
    for (int i = 0; i < 10; i++) {
      assertThat(PersonFilter.isIdle(page(), at)).isFalse();
      at = at.plus(PersonFilter.LONGEST_IDLE);
    }
  }

  @Test
  void whoDoesNothingForAQuarterOfAnHourIsOut() {
    assertThat(PersonFilter.isIdle(page(), NINE)).isFalse();
    assertThat(PersonFilter.isIdle(page(), NINE.plus(PersonFilter.LONGEST_IDLE).plusMillis(1)))
        .isTrue();
  }

  @Test
  void aPageThatStaysOpenDoesNotKeepThemIn() {
    PersonFilter.isIdle(page(), NINE);
    for (int minute = 1; minute <= 15; minute++) {
      assertThat(PersonFilter.isIdle(request("/live", null), NINE.plusSeconds(60L * minute)))
          .isFalse();
    }
    assertThat(PersonFilter.isIdle(request("/live", null), NINE.plusSeconds(960))).isTrue();
  }

  @Test
  void whoTypesOnAPageThatStaysOpenIsThere() {
    PersonFilter.isIdle(page(), NINE);
    assertThat(PersonFilter.isIdle(request("/live", "yes"), NINE.plusSeconds(840))).isFalse();
    assertThat(PersonFilter.isIdle(page(), NINE.plusSeconds(1_680))).isFalse();
  }

  private HttpServletRequest page() {
    return request(null, null);
  }

  private HttpServletRequest request(@Nullable String pathInfo, @Nullable String here) {
    HttpSession kept =
        as(
            HttpSession.class,
            (proxy, method, given) -> {
              if (method.getName().equals("setAttribute")) {
                session.put((String) given[0], given[1]);
                return null;
              }
              return session.get((String) given[0]);
            });
    return as(
        HttpServletRequest.class,
        (proxy, method, given) ->
            switch (method.getName()) {
              case "getSession" -> kept;
              case "getPathInfo" -> pathInfo;
              default -> here;
            });
  }

  private static <T> T as(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
