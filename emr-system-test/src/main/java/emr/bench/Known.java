package emr.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What was learnt while storing: the ids and values that reads and searches ask for. */
final class Known {

  private static final int OBSERVATIONS_EACH = 40;
  private static final int CODES_EACH = 12;
  private static final int TEMPLATES_EACH = 8;
  private static final String SOME_CODE = "http://loinc.org|8302-2";

  /** A patient that was stored, with the values by which they are found. */
  record Patient(
      String id, String family, String birthDate, String identifier, List<String> codes) {

    String anyCode(Random random) {
      return codes.isEmpty() ? SOME_CODE : codes.get(random.nextInt(codes.size()));
    }
  }

  private final List<Patient> patients = new ArrayList<>();
  private final List<String> observations = new ArrayList<>();
  private final List<String> templates = new ArrayList<>();

  /** Logical ids of the patients that were stored. */
  synchronized List<String> patientIds() {
    return patients.stream().map(Patient::id).toList();
  }

  /**
   * @param sent the entries of a transaction
   * @param answered those of its answer
   */
  synchronized void learn(JsonNode sent, JsonNode answered) {
    JsonNode person = null;
    String id = "";
    Set<String> codes = new LinkedHashSet<>();
    List<String> made = new ArrayList<>();
    List<ObjectNode> withValues = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      JsonNode resource = sent.get(i).path("resource");
      String location = answered.path(i).at("/response/location").asText();
      switch (resource.path("resourceType").asText()) {
        case "Patient" -> {
          person = resource;
          id = id(location, "Patient/");
        }
        case "Observation" -> {
          made.add(id(location, "Observation/"));
          codes.add(token(resource.at("/code/coding/0"), "code"));
          if (resource.has("valueQuantity")) {
            withValues.add((ObjectNode) resource);
          }
        }
        default -> {}
      }
    }
    if (person == null) {
      return;
    }
    patients.add(
        new Patient(
            id,
            person.at("/name/0/family").asText(),
            person.path("birthDate").asText(),
            token(person.at("/identifier/0"), "value"),
            codes.stream().limit(CODES_EACH).toList()));
    Collections.shuffle(made, new Random(patients.size()));
    observations.addAll(made.subList(0, Math.min(OBSERVATIONS_EACH, made.size())));
    for (ObjectNode template : withValues.stream().limit(TEMPLATES_EACH).toList()) {
      ObjectNode copy = template.deepCopy().without(List.of("id", "encounter", "performer"));
      copy.putObject("subject").put("reference", "Patient/" + id);
      templates.add(copy.toString());
    }
  }

  private static String id(String location, String type) {
    String rest = location.substring(location.indexOf(type) + type.length());
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  private static String token(JsonNode of, String name) {
    return of.path("system").asText() + "|" + of.path(name).asText();
  }

  Patient patient(Random random) {
    return patients.get(random.nextInt(patients.size()));
  }

  String observation(Random random) {
    return observations.get(random.nextInt(observations.size()));
  }

  /** One of the observations that belong to the {@code client}th of {@code clients}. */
  String observation(Random random, int client, int clients) {
    int each = Math.max(1, observations.size() / clients);
    return observations.get(
        Math.min(random.nextInt(each) * clients + client, observations.size() - 1));
  }

  String template(Random random) {
    return templates.get(random.nextInt(templates.size()));
  }

  int patients() {
    return patients.size();
  }
}
