package emr.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page and every path, asked for by somebody who is not signed in. */
class NotSignedInIT {

  private static final Path CHECKOUT =
      Path.of(System.getProperty("emr.checkout", "..")).toAbsolutePath().normalize();

  static List<String> portalPages() throws IOException {
    return pages("emr-web", "portal");
  }

  static List<String> terminalPages() throws IOException {
    return pages("emr-hospital-war", "terminal");
  }

  /** All pages but those that say that something is not there. */
  private static List<String> pages(String module, String folder) throws IOException {
    Path webapp = CHECKOUT.resolve(module).resolve("src/main/webapp");
    try (Stream<Path> files = Files.walk(webapp.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".xhtml"))
          .map(file -> webapp.relativize(file).toString())
          .filter(page -> !page.matches(".*/(sign-in|error|problem/.*)\\.?.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @Tag("claim-08")
  @MethodSource("portalPages")
  @ValueSource(strings = {"portal/", "portal/operator/", "portal/operator/charges.csv"})
  void thePortalAsksToSignIn(String page) {
    assertAsksToSignIn(Staff.INSTALLATION.portal(), page);
  }

  @ParameterizedTest
  @Tag("claim-08")
  @MethodSource("terminalPages")
  @ValueSource(strings = "terminal/")
  void theTerminalAsksToSignIn(String page) {
    assertAsksToSignIn(Staff.INSTALLATION.hospital("north"), page);
  }

  private static void assertAsksToSignIn(URI server, String page) {
    Web.Answer answer = Web.to(server, Staff.INSTALLATION).get(page);
    if (answer.status() / 100 == 3) {
      assertThat(answer.headers().firstValue("Location").orElse("")).contains("sign-in");
    } else {
      assertThat(answer.status()).as(page).isIn(401, 403, 404);
    }
  }

  @ParameterizedTest
  @Tag("claim-08")
  @ValueSource(
      strings = {
        "/outbox",
        "/outbox/submissions",
        "/settings",
        "/policies",
        "/patients/0000000000000/chart",
        "/records/Patient/0000000000000/history",
        "/submissions/00000000-0000-0000-0000-000000000000"
      })
  void theHospitalsInterfaceIsClosed(String path) {
    URI api = Staff.INSTALLATION.hospital("north").resolve("/api");
    assertThat(Web.to(api, Staff.INSTALLATION).get(path).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator/home.xhtml", "operator/charges.xhtml", "operator/charges.csv"})
  void theOperatorsPagesAreClosedToStaff(String page) {
    Pages east = Pages.ofPortal(Staff.INSTALLATION).signIn("dr.east", Installation.DEMO_PASSWORD);
    Web.Answer answer = east.get("/portal/" + page);
    assertThat(answer.status() == 200 && answer.body().contains("North General Hospital"))
        .as(page + " " + answer.status())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/settings", "/policies"})
  void theAdministratorsInterfaceIsClosedToClerks(String path) {
    assertThat(Staff.of("clerk.north").web().get(path).status()).isEqualTo(403);
  }
}
