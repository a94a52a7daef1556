package emr.hospital.communication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Where the centre is: the administrator's list, or the one the server was set up with. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container fills the fields in
class Endpoints {

  @PersistenceContext(unitName = "hospital")
  EntityManager database;

  @Inject
  @ConfigProperty(name = "emr.centre.endpoints")
  String initial;

  private volatile @Nullable List<URI> all;
  private volatile @Nullable URI lastAnswered;

  @Transactional
  List<URI> all() {
    List<URI> known = all;
    if (known == null) {
      List<URI> kept =
          database
              .createNamedQuery(CentreEndpoint.ALL, CentreEndpoint.class)
              .getResultStream()
              .map(CentreEndpoint::address)
              .toList();
      known = kept.isEmpty() ? parse(initial) : kept;
      all = known;
    }
    return known;
  }

  /** All of them, the one that answered last before the others. */
  List<URI> inTurn() {
    var turn = new ArrayList<URI>(all());
    URI preferred = lastAnswered;
    if (preferred != null && turn.remove(preferred)) {
      turn.add(0, preferred);
    }
    return turn;
  }

  void answered(URI endpoint) {
    lastAnswered = endpoint;
  }

  @Transactional
  void use(List<URI> wanted) {
    wanted.forEach(Endpoints::require);
    if (wanted.isEmpty() || new HashSet<>(wanted).size() < wanted.size()) {
      throw new IllegalArgumentException("the centre has at least one endpoint, each named once");
    }
    database.createNamedQuery(CentreEndpoint.CLEAR).executeUpdate();
    for (int i = 0; i < wanted.size(); i++) {
      database.persist(new CentreEndpoint(i, wanted.get(i)));
    }
    all = List.copyOf(wanted);
  }

  static List<URI> parse(String list) {
    List<URI> parsed =
        Arrays.stream(list.split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .map(URI::create)
            .toList();
    parsed.forEach(Endpoints::require);
    return parsed;
  }

  private static void require(URI endpoint) {
    if (!"https".equals(endpoint.getScheme())
        || endpoint.getHost() == null
        || endpoint.getQuery() != null
        || endpoint.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "an endpoint is an https address without query and without '/' at its end");
    }
  }
}
