package emr.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random observations and random searches: what terms, bits and tests decide together is what a
 * plain reading of FHIR's page on search decides by looking at the elements.
 */
class SearchOracleTest {

  private static final List<String> CODES = List.of("x", "y", "X", "z,1", "w|2");
  private static final List<String> SYSTEMS = List.of("http://a", "http://b", "");
  private static final List<String> TIMES =
      List.of(
          "2020",
          "2020-05",
          "2020-05-05",
          "2020-05-05T10:00:00Z",
          "2020-05-06T00:00:00Z",
          "2019-12-31",
          "2020-05-05T10:00Z");
  private static final List<String> NUMBERS =
      List.of("5", "5.0", "5.4", "5.449", "4.5", "-5", "0", "100", "99.5", "100.5", "1e2");
  private static final List<String> TEXTS =
      List.of("Ann Bell", "Ånn", "やまだ たろう", "ヤマダ", "山田太郎", "supercalifragilistic", "bell");
  private static final List<String> HOSPITALS = List.of("north", "south", "east");
  private static final List<String> PERFORMERS =
      List.of(
          "Patient/own",
          "Patient/other",
          "Practitioner/1",
          "#p",
          "http://here/fhir/Practitioner/1",
          "http://there/fhir/Practitioner/1");
  private static final List<String> PREFIXES =
      List.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb");

  private static final String HERE = "http://here/fhir/";
  private static final List<String> PEOPLE =
      List.of(
          "Patient/own",
          HERE + "Patient/own",
          "Patient/other",
          HERE + "Patient/other/_history/2",
          "http://there/fhir/Patient/own",
          "Practitioner/own");

  static {
    OwnAddresses.are(List.of("http://first/fhir", "http://here/fhir/"));
  }

  @Property(tries = 4_000)
  void aSearchFindsWhatItShould(@ForAll Random random) {
    ObjectNode observation = observation(random);
    Asked asked = asked(random);
    Condition condition =
        Criteria.read("Observation", asked.name, asked.value)
            .orElseThrow(() -> new AssertionError(asked.name));

    boolean finds = EveryParameterTest.Judge.finds(condition, observation, chart(observation));

    assertThat(finds)
        .as(asked.name + "=" + asked.value + " on " + observation)
        .isEqualTo(asked.oracle.test(observation));
  }

  /** Of the one whom it names, as when it is stored; else of whom its submission is about. */
  private static String chart(JsonNode observation) {
    String named = here(observation.path("subject").path("reference").asText());
    return named.startsWith("Patient/") ? named.substring("Patient/".length()) : "own";
  }

  /** A reference without our own address, and without a version. */
  private static String here(String reference) {
    return reference.replaceFirst("^" + HERE, "").replaceFirst("/_history/.*", "");
  }

  @Property(tries = 500)
  void whatIsAboutSeveralIsFoundByEach(@ForAll Random random) {
    ObjectNode account = JsonNodeFactory.instance.objectNode().put("resourceType", "Account");
    ArrayNode subjects = account.putArray("subject");
    var named = new TreeSet<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String subject = one(random, PEOPLE);
      subjects.addObject().put("reference", subject);
      named.add(here(subject));
    }
    List<String> patients = named.stream().filter(each -> each.startsWith("Patient/")).toList();
    String chart = patients.size() == 1 ? patients.get(0).substring("Patient/".length()) : null;
    String asked = one(random, PEOPLE);
    String parameter =
        asked.contains("Patient") ? one(random, List.of("patient", "subject")) : "subject";
    Condition condition = Criteria.read("Account", parameter, asked).orElseThrow();

    assertThat(EveryParameterTest.Judge.finds(condition, account, chart))
        .as(parameter + "=" + asked + " on " + account)
        .isEqualTo(named.contains(here(asked)));
  }

  private record Asked(String name, String value, Predicate<JsonNode> oracle) {}

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  // --- what is searched ---

  private static ObjectNode observation(Random random) {
    ObjectNode observation = JsonNodeFactory.instance.objectNode();
    observation.put("resourceType", "Observation").put("id", "o");
    observation.putObject("meta").put("source", "urn:emr:hospital:" + one(random, HOSPITALS));
    if (random.nextInt(4) > 0) {
      observation.set("code", concept(random));
    }
    if (random.nextBoolean()) {
      observation.put("status", random.nextBoolean() ? "final" : "amended");
    }
    switch (random.nextInt(5)) {
      case 0 -> observation.set("valueQuantity", quantity(random));
      case 1 -> observation.put("valueString", one(random, TEXTS));
      case 2 -> observation.set("valueCodeableConcept", concept(random));
      case 3 -> observation.put("valueDateTime", one(random, TIMES));
      default -> {}
    }
    switch (random.nextInt(3)) {
      case 0 -> observation.put("effectiveDateTime", one(random, TIMES));
      case 1 -> {
        ObjectNode period = observation.putObject("effectivePeriod");
        int ends = random.nextInt(3);
        if (ends < 2) {
          period.put("start", "2020-05-01");
        }
        if (ends > 0) {
          period.put("end", "2020-05-05");
        }
      }
      default -> {}
    }
    if (random.nextBoolean()) {
      observation
          .putObject("encounter")
          .put(
              "reference",
              one(random, List.of("", "", HERE, "http://there/fhir/"))
                  + "Encounter/e"
                  + random.nextInt(3));
    }
    if (random.nextInt(3) > 0) {
      observation
          .putObject("subject")
          .put(
              "reference",
              one(
                  random,
                  List.of("Patient/own", HERE + "Patient/own", "Patient/other", "Group/own")));
    }
    ArrayNode performers = observation.putArray("performer");
    for (int i = random.nextInt(3); i > 0; i--) {
      performers
          .addObject()
          .put("reference", one(random, PERFORMERS))
          .putObject("identifier")
          .put("system", "http://a")
          .put("value", one(random, CODES));
    }
    ArrayNode components = observation.putArray("component");
    for (int i = random.nextInt(3); i > 0; i--) {
      ObjectNode component = components.addObject();
      component.set("code", concept(random));
      component.set("valueQuantity", quantity(random));
    }
    return observation;
  }

  private static ObjectNode concept(Random random) {
    ObjectNode concept = JsonNodeFactory.instance.objectNode();
    ArrayNode codings = concept.putArray("coding");
    for (int i = random.nextInt(3); i > 0; i--) {
      ObjectNode coding = codings.addObject().put("code", one(random, CODES));
      String system = one(random, SYSTEMS);
      if (!system.isEmpty()) {
        coding.put("system", system);
      }
    }
    return concept;
  }

  private static ObjectNode quantity(Random random) {
    ObjectNode quantity = JsonNodeFactory.instance.objectNode();
    quantity.put("value", new BigDecimal(one(random, NUMBERS)));
    if (random.nextBoolean()) {
      quantity.put("system", "http://u").put("code", random.nextBoolean() ? "mg" : "kg");
    }
    return quantity;
  }

  // --- what is asked, and what that means ---

  private static Asked asked(Random random) {
    return switch (random.nextInt(15)) {
      case 0 -> token("code", "", random, o -> List.of(o.path("code")));
      case 1 -> token("code", "not", random, o -> List.of(o.path("code")));
      case 2 -> token("value-concept", "", random, o -> List.of(o.path("valueCodeableConcept")));
      case 3 -> token("combo-code", "", random, SearchOracleTest::comboCodes);
      case 4 -> status(random);
      case 5 -> quantity("value-quantity", random, o -> List.of(o.path("valueQuantity")));
      case 6 -> quantity("component-value-quantity", random, o -> each(o, "valueQuantity"));
      case 7 -> date("date", "effective", random);
      case 8 -> date("value-date", "value", random);
      case 9 -> text(random);
      case 10 -> reference(random);
      case 11 -> missing(random);
      case 12 -> composite(random);
      case 13 -> hospital(random);
      default -> identifier(random);
    };
  }

  private interface Elements {
    List<JsonNode> of(JsonNode observation);
  }

  private static List<JsonNode> comboCodes(JsonNode observation) {
    var codes = new ArrayList<>(each(observation, "code"));
    codes.add(observation.path("code"));
    return codes;
  }

  private static List<JsonNode> each(JsonNode observation, String name) {
    var elements = new ArrayList<JsonNode>();
    observation.path("component").forEach(component -> elements.add(component.path(name)));
    return elements;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|").replace("$", "\\$");
  }

  private record Code(String text, String system, String code, int form) {

    static Code any(Random random) {
      String code = one(random, CODES);
      String system = one(random, SYSTEMS);
      int form = system.isEmpty() ? random.nextInt(2) : random.nextInt(3);
      String text =
          switch (form) {
            case 0 -> escaped(code);
            case 1 -> escaped(system) + "|" + escaped(code);
            default -> escaped(system) + "|";
          };
      return new Code(text, system, code, form);
    }

    boolean isIn(JsonNode concept) {
      for (JsonNode coding : concept.path("coding")) {
        boolean sameCode = coding.path("code").asText().equalsIgnoreCase(code);
        boolean sameSystem = coding.path("system").asText("").equals(system);
        if (form == 0 ? sameCode : form == 1 ? sameCode && sameSystem : sameSystem) {
          return true;
        }
      }
      return false;
    }
  }

  private static Asked token(String name, String modifier, Random random, Elements elements) {
    List<Code> codes = List.of(Code.any(random), Code.any(random));
    Predicate<JsonNode> has =
        o -> elements.of(o).stream().anyMatch(e -> codes.stream().anyMatch(c -> c.isIn(e)));
    return new Asked(
        modifier.isEmpty() ? name : name + ":" + modifier,
        codes.get(0).text + "," + codes.get(1).text,
        modifier.equals("not") ? has.negate() : has);
  }

  private static Asked hospital(Random random) {
    List<String> hospitals = List.of(one(random, HOSPITALS), one(random, HOSPITALS));
    Predicate<JsonNode> wrote =
        o ->
            hospitals.contains(
                o.at("/meta/source").asText().substring("urn:emr:hospital:".length()));
    boolean not = random.nextBoolean();
    return new Asked(
        not ? "_hospital:not" : "_hospital",
        String.join(",", hospitals),
        not ? wrote.negate() : wrote);
  }

  private static Asked status(Random random) {
    String code = random.nextBoolean() ? "final" : "amended";
    String system =
        one(random, List.of("", "http://hl7.org/fhir/observation-status|", "http://a|"));
    return new Asked(
        "status",
        system + code,
        o -> !system.startsWith("http://a") && o.path("status").asText().equals(code));
  }

  private static Asked quantity(String name, Random random, Elements elements) {
    Amount amount = Amount.any(random);
    return new Asked(name, amount.text, o -> elements.of(o).stream().anyMatch(amount::matches));
  }

  private record Amount(String text, String prefix, String number, String unit) {

    static Amount any(Random random) {
      String prefix = one(random, PREFIXES);
      String number = one(random, NUMBERS);
      String unit = one(random, List.of("", "mg", "kg"));
      String form = random.nextBoolean() ? "|http://u|" : "||";
      return new Amount(
          prefix + number + (unit.isEmpty() ? "" : form + unit), prefix, number, unit);
    }

    boolean matches(JsonNode quantity) {
      if (!quantity.has("value")
          || (!unit.isEmpty() && !quantity.path("code").asText().equals(unit))) {
        return false;
      }
      double value = quantity.path("value").asDouble();
      double than = Double.parseDouble(number);
      double half = number.equals("1e2") ? 50 : number.contains(".") ? halfOf(number) : 0.5;
      boolean equal = value >= than - half - 1e-9 && value < than + half - 1e-9;
      return switch (prefix) {
        case "ne" -> !equal;
        case "gt", "sa" -> value > than;
        case "lt", "eb" -> value < than;
        case "ge" -> value >= than;
        case "le" -> value <= than;
        default -> equal;
      };
    }

    private static double halfOf(String number) {
      return 0.5 * Math.pow(10, -(number.length() - number.indexOf('.') - 1));
    }
  }

  private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(9999, 1, 1, 0, 0);

  /** Beginning and end, excluded. */
  private record Span(LocalDateTime from, LocalDateTime until) {

    static Span of(String text) {
      return switch (text.length()) {
        case 4 -> year(Integer.parseInt(text));
        case 7 -> new Span(at(text + "-01T00:00"), at(text + "-01T00:00").plusMonths(1));
        case 10 -> new Span(at(text + "T00:00"), at(text + "T00:00").plusDays(1));
        case 17 -> new Span(at(text.substring(0, 16)), at(text.substring(0, 16)).plusMinutes(1));
        default -> new Span(at(text.substring(0, 19)), at(text.substring(0, 19)).plusSeconds(1));
      };
    }

    private static Span year(int year) {
      return new Span(LocalDateTime.of(year, 1, 1, 0, 0), LocalDateTime.of(year + 1, 1, 1, 0, 0));
    }

    private static LocalDateTime at(String text) {
      return LocalDateTime.parse(text);
    }

    static Span of(JsonNode owner, String name) {
      if (owner.has(name + "DateTime")) {
        Span span = of(owner.path(name + "DateTime").asText());
        // seconds are points
        return span.until.equals(span.from.plusSeconds(1))
            ? new Span(span.from, span.from.plusNanos(1))
            : span;
      }
      JsonNode period = owner.path(name + "Period");
      return new Span(
          period.has("start") ? of(period.path("start").asText()).from : FIRST,
          period.has("end") ? of(period.path("end").asText()).until : LAST);
    }
  }

  private static Asked date(String name, String element, Random random) {
    String prefix = one(random, PREFIXES);
    String time = one(random, TIMES);
    Span than = Span.of(time);
    return new Asked(
        name,
        prefix + time,
        o -> {
          if (!o.has(element + "DateTime") && !o.has(element + "Period")) {
            return false;
          }
          Span span = Span.of(o, element);
          boolean within = !span.from.isBefore(than.from) && !span.until.isAfter(than.until);
          return switch (prefix) {
            case "ne" -> !within;
            case "gt" -> span.until.isAfter(than.until);
            case "ge" -> span.until.isAfter(than.from);
            case "lt" -> span.from.isBefore(than.from);
            case "le" -> span.from.isBefore(than.until);
            case "sa" -> !span.from.isBefore(than.until);
            case "eb" -> !span.until.isAfter(than.from);
            default -> within;
          };
        });
  }

  private static Asked text(Random random) {
    String asked =
        one(
            random,
            List.of(
                "ann", "bel", "やま", "ヤマダ タロウ", "山田", "supercalifragilis", "supercalifornia", "田"));
    return switch (random.nextInt(3)) {
      case 0 -> {
        String exact = one(random, TEXTS);
        yield new Asked(
            "value-string:exact", exact, o -> o.path("valueString").asText().equals(exact));
      }
      case 1 ->
          new Asked(
              "value-string:contains",
              asked,
              o -> plain(o.path("valueString").asText()).contains(plain(asked)));
      default ->
          new Asked(
              "value-string",
              asked,
              o ->
                  List.of(plain(asked).split(" ")).stream()
                      .allMatch(
                          word ->
                              List.of(plain(o.path("valueString").asText()).split(" ")).stream()
                                  .anyMatch(has -> has.startsWith(word))));
    };
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT)
        .replace("å", "a")
        .replace("ヤマダ", "やまだ")
        .replace("タロウ", "たろう");
  }

  private static Asked reference(Random random) {
    if (random.nextBoolean()) {
      String id = "e" + random.nextInt(3);
      String value =
          one(random, List.of(id, "Encounter/" + id, "http://here/fhir/Encounter/" + id));
      return new Asked(
          "encounter",
          value,
          o -> here(o.path("encounter").path("reference").asText()).equals("Encounter/" + id));
    }
    if (random.nextBoolean()) {
      String who = one(random, List.of("Patient/own", HERE + "Patient/own", "Patient/other"));
      return new Asked(
          one(random, List.of("patient", "subject", "subject:Patient")),
          who,
          o -> here(o.path("subject").path("reference").asText()).equals(here(who)));
    }
    String who = one(random, PERFORMERS.stream().filter(each -> !each.startsWith("#")).toList());
    return new Asked(
        "performer",
        who,
        o ->
            performers(o).stream()
                .anyMatch(p -> here(p.path("reference").asText()).equals(here(who))));
  }

  private static List<JsonNode> performers(JsonNode observation) {
    var performers = new ArrayList<JsonNode>();
    observation.path("performer").forEach(performers::add);
    return performers;
  }

  private static Asked identifier(Random random) {
    String value = one(random, CODES);
    return new Asked(
        "performer:identifier",
        "http://a|" + escaped(value),
        o ->
            performers(o).stream()
                .anyMatch(
                    p -> p.path("identifier").path("value").asText().equalsIgnoreCase(value)));
  }

  private static Asked missing(Random random) {
    boolean missing = random.nextBoolean();
    return random.nextBoolean()
        ? new Asked("encounter:missing", "" + missing, o -> o.has("encounter") != missing)
        : new Asked("value-quantity:missing", "" + missing, o -> o.has("valueQuantity") != missing);
  }

  private static Asked composite(Random random) {
    Code code = Code.any(random);
    Amount amount = Amount.any(random);
    Predicate<JsonNode> together =
        element -> code.isIn(element.path("code")) && amount.matches(element.path("valueQuantity"));
    String value = code.text + "$" + amount.text;
    return switch (random.nextInt(3)) {
      case 0 -> new Asked("code-value-quantity", value, together);
      case 1 -> new Asked("component-code-value-quantity", value, o -> anyComponent(o, together));
      default ->
          new Asked(
              "combo-code-value-quantity",
              value,
              o -> together.test(o) || anyComponent(o, together));
    };
  }

  private static boolean anyComponent(JsonNode observation, Predicate<JsonNode> test) {
    for (JsonNode component : observation.path("component")) {
      if (test.test(component)) {
        return true;
      }
    }
    return false;
  }
}
