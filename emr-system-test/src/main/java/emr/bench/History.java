package emr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import emr.system.Web;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction that Synthea made, without what is billing. */
final class History {

  private static final Set<String> LEFT_OUT = Set.of("Claim", "ExplanationOfBenefit");

  private final JsonNode entries;
  private final byte[] body;
  private byte @Nullable [] answer;

  History(JsonNode transaction) {
    JsonNode copy = transaction.deepCopy();
    var kept = (ArrayNode) copy.path("entry");
    for (int i = kept.size() - 1; i >= 0; i--) {
      if (LEFT_OUT.contains(kept.get(i).at("/resource/resourceType").asText())) {
        kept.remove(i);
      }
    }
    this.entries = kept;
    this.body = copy.toString().getBytes(UTF_8);
  }

  int resources() {
    return entries.size();
  }

  /** False if it was refused. */
  boolean store(Connection connection) throws IOException {
    Connection.Answer got = connection.call("POST", "", body, "");
    if (!got.isGood()) {
      String text = got.text();
      System.err.println(
          "refused: " + got.status() + " " + text.substring(0, Math.min(300, text.length())));
      return false;
    }
    answer = got.body();
    return true;
  }

  /** Tells what was stored, and under which ids. */
  void teach(Known known) {
    if (answer == null) {
      return;
    }
    try {
      known.learn(entries, Web.JSON.readTree(answer).path("entry"));
    } catch (IOException e) {
      throw new IllegalStateException("an answer that is not JSON", e);
    }
    answer = null;
  }
}
