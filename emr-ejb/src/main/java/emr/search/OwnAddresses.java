package emr.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The addresses of {@code /fhir} by which the centre is known. What a reference says below one of
 * them <a href="http://hl7.org/fhir/R4/search.html#reference">means the same</a> without it; any
 * other address is somebody else's.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class OwnAddresses {

  /** Without a slash at the end. Who reads a reference is no bean. */
  private static volatile List<String> known = List.of();

  @Inject
  @ConfigProperty(name = "emr.fhir.bases", defaultValue = "https://localhost/fhir")
  List<String> bases;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    are(bases);
  }

  /** From the configuration, once. */
  public static void are(List<String> bases) {
    known = bases.stream().map(base -> base.strip().replaceFirst("/+$", "")).toList();
  }

  /** Without the address, where it is one of ours; else as it is. */
  public static String relative(String reference) {
    if (reference.startsWith("http")) {
      for (String base : known) {
        if (reference.startsWith(base) && reference.startsWith("/", base.length())) {
          return reference.substring(base.length() + 1);
        }
      }
    }
    return reference;
  }
}
