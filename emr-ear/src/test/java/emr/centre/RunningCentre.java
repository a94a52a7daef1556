package emr.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The centre's server of a running installation: tells Arquillian where it is, before any test, and
 * makes what is deployed there beside the application itself.
 */
public class RunningCentre implements LauncherSessionListener {

  private static final String CONFIGURATION = "arq.container.centre.configuration.";

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String home = System.getProperty("emr.home", "");
    if (home.isEmpty()) {
      return;
    }
    try {
      JsonNode status = new ObjectMapper().readTree(new File(System.getProperty("emr.status")));
      URI admin = URI.create(status.path("admin").asText());
      Map.of(
              "adminHost", "localhost",
              "adminPort", Integer.toString(admin.getPort()),
              "adminUser", "admin",
              "adminPassword", Files.readString(Path.of(home, "secrets", "admin")).strip(),
              "adminHttps", Boolean.toString("https".equals(admin.getScheme())))
          .forEach((name, value) -> System.setProperty(CONFIGURATION + name, value));
    } catch (IOException e) {
      throw new UncheckedIOException("the running centre is not known", e);
    }
  }

  /**
   * The assembled application, as it is, with the tests as one more module. Its pages are found
   * under other paths than the running one's, since its modules go by their own names.
   */
  static EnterpriseArchive with(Class<?>... tests) {
    EnterpriseArchive centre =
        ShrinkWrap.create(ZipImporter.class, "emr-in-test.ear")
            .importFrom(new File(System.getProperty("emr.ear")))
            .as(EnterpriseArchive.class);
    centre.delete("META-INF/application.xml");
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClasses(tests)
            .addAsLibraries(libraryOf("org.assertj.core.api.Assertions"))
            .addAsLibraries(libraryOf("net.bytebuddy.ByteBuddy"))
            .addAsWebInfResource(
                new org.jboss.shrinkwrap.api.asset.StringAsset(
                    "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\""
                        + " bean-discovery-mode=\"annotated\"/>"),
                "beans.xml");
    return centre.addAsModule(Testable.archiveToTest(war));
  }

  private static File libraryOf(String type) {
    try {
      return new File(
          Class.forName(type).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ReflectiveOperationException | java.net.URISyntaxException e) {
      throw new IllegalStateException(type, e);
    }
  }
}
