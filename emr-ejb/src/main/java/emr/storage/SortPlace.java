package emr.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.search.SortKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.crypto.SecretKey;

/** Where a page ended that was sorted by contents; as {@link PagePlace}. */
record SortPlace(List<SortKey> keys, long record) {

  /** The order that a search asks for; what is equal comes in the order in which it was made. */
  static Comparator<SortPlace> order(List<Search.SortBy> sort) {
    return (a, b) -> {
      for (int i = 0; i < sort.size(); i++) {
        int order = a.keys.get(i).compareTo(b.keys.get(i));
        if (order != 0) {
          return sort.get(i).descending() ? -order : order;
        }
      }
      return Long.compare(a.record, b.record);
    };
  }

  String seal(SecretKey key, String search) {
    ObjectNode place = JsonNodeFactory.instance.objectNode().put("record", record);
    ArrayNode written = place.putArray("keys");
    for (SortKey each : keys) {
      written.addObject().put("number", each.number()).put("text", each.text());
    }
    return PagePlace.seal(FhirJson.write(place), key, search);
  }

  static SortPlace open(String sealed, String search, SecretKey key) {
    ObjectNode place = FhirJson.read(PagePlace.unseal(sealed, key, search));
    var keys = new ArrayList<SortKey>();
    for (JsonNode each : place.path("keys")) {
      keys.add(
          new SortKey(
              each.path("number").isNumber() ? each.path("number").decimalValue() : null,
              each.path("text").isTextual() ? each.path("text").asText() : null));
    }
    return new SortPlace(keys, place.path("record").asLong());
  }
}
