package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import emr.exchange.record.RecordVersion;
import emr.storage.Chart;
import emr.storage.History;
import emr.storage.Page;
import emr.storage.Search;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bundles made of the texts that are kept: no resource is parsed to be answered. */
final class Bundles {

  private Bundles() {}

  /**
   * @param base stands before what links say
   */
  static byte[] searchset(Search search, Page page, String base) {
    String next = page.next();
    return searchset(page, base, search.self(), next == null ? null : search.following(next));
  }

  /** As {@link #searchset(Search, Page, String)}. */
  static byte[] searchset(Chart chart, Page page, String base) {
    String next = page.next();
    return searchset(page, base, chart.self(), next == null ? null : chart.following(next));
  }

  private static byte[] searchset(Page page, String base, String self, @Nullable String next) {
    var text = begin("searchset", page.matches(), page.included());
    link(text, "self", base + self);
    if (next != null) {
      text.append(",");
      link(text, "next", base + next);
    }
    text.append("]");
    if (page.total() != null) {
      text.append(",\"total\":" + page.total());
    }
    String before = ",\"entry\":[";
    for (RecordVersion match : page.matches()) {
      text.append(before);
      entry(text, match, base);
      text.append(",\"search\":{\"mode\":\"match\"}}");
      before = ",";
    }
    for (RecordVersion included : page.included()) {
      text.append(before);
      entry(text, included, base);
      text.append(",\"search\":{\"mode\":\"include\"}}");
      before = ",";
    }
    return text.end(page.matches().isEmpty() && page.included().isEmpty());
  }

  static byte[] history(History history, Page page, String base) {
    var text = begin("history", page.matches(), List.of());
    link(text, "self", base + history.self());
    String next = page.next();
    if (next != null) {
      text.append(",");
      link(text, "next", base + history.following(next));
    }
    text.append("]");
    String before = ",\"entry\":[";
    for (RecordVersion version : page.matches()) {
      text.append(before);
      if (version.deleted()) {
        text.append("{\"fullUrl\":\"" + base + version.record() + "\"");
      } else {
        entry(text, version, base);
      }
      origin(text, version);
      before = ",";
    }
    return text.end(page.matches().isEmpty());
  }

  /** By what interaction the version was made. */
  private static void origin(Text text, RecordVersion version) {
    boolean made = version.number() == 1 && version.record().recordKey().isPresent();
    text.append(",\"request\":{\"method\":\"")
        .append(version.deleted() ? "DELETE" : made ? "POST" : "PUT")
        .append("\",\"url\":\"")
        .append(made ? version.record().type() : version.record().toString())
        .append("\"},\"response\":{\"status\":\"")
        .append(version.deleted() ? "204" : version.number() == 1 ? "201" : "200")
        .append("\",\"etag\":\"W/\\\"" + version.number())
        .append("\\\"\",\"lastModified\":\"" + version.storedAt() + "\"}}");
  }

  private static Text begin(String type, List<RecordVersion> versions, List<RecordVersion> others) {
    int length = 400;
    for (RecordVersion version : versions) {
      length += version.content().length + 300;
    }
    for (RecordVersion version : others) {
      length += version.content().length + 300;
    }
    return new Text(length)
        .append("{\"resourceType\":\"Bundle\",\"type\":\"" + type)
        .append("\",\"timestamp\":\"" + Instant.now() + "\",\"link\":[");
  }

  private static void link(Text text, String relation, String url) {
    text.append("{\"relation\":\"" + relation + "\",\"url\":")
        .append(TextNode.valueOf(url).toString())
        .append("}");
  }

  private static void entry(Text text, RecordVersion version, String base) {
    text.append("{\"fullUrl\":\"" + base + version.record() + "\",\"resource\":");
    text.writeBytes(version.content());
  }

  /** JSON in the making, as it goes out: what is kept is never decoded. */
  private static final class Text extends ByteArrayOutputStream {

    Text(int length) {
      super(length);
    }

    Text append(String text) {
      writeBytes(text.getBytes(UTF_8));
      return this;
    }

    byte[] end(boolean empty) {
      return append(empty ? "}" : "]}").toByteArray();
    }
  }
}
