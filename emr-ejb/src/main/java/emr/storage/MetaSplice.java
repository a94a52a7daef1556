package emr.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import emr.search.Criteria;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges what the centre knows of a version into the {@code meta} of content that stays, byte for
 * byte, as it was signed: {@code versionId}, {@code lastUpdated}, and as {@code source} and
 * extensions who wrote it, when, and its hash. Works on the text: a tree would cost more than the
 * database does.
 */
final class MetaSplice {

  /** How what we say begins. */
  static final String EXTENSION = "urn:emr:";

  static final String SOURCE = Criteria.HOSPITAL;
  private static final byte[] OUR_EXTENSION = ("\"" + EXTENSION).getBytes(UTF_8);

  private final byte[] json;
  private int at;

  private MetaSplice(byte[] json) {
    this.json = json;
  }

  /**
   * What is merged in.
   *
   * @param recordedAt as in {@link ContentCodec.Kept}
   */
  record Meta(
      int number,
      Instant storedAt,
      String hospital,
      String author,
      String recordedAt,
      String hash) {

    private String members() {
      return "\"versionId\":\"" + number + "\",\"lastUpdated\":\"" + Time.of(storedAt) + "\"";
    }

    private String source() {
      return ",\"source\":\"" + SOURCE + hospital + "\"";
    }

    /** Without the bracket that ends the list. */
    private String extensions() {
      return ",\"extension\":[{\"url\":\"urn:emr:author\",\"valueString\":\""
          + new String(JsonStringEncoder.getInstance().quoteAsString(author))
          + "\"},{\"url\":\"urn:emr:recorded\",\"valueInstant\":\""
          + (recordedAt.isEmpty() ? Time.of(storedAt) : recordedAt)
          + "\"},{\"url\":\"urn:emr:version-hash\",\"valueString\":\""
          + hash
          + "\"}";
    }
  }

  /** A time and its text. */
  private record Time(Instant instant, String text) {

    /** What was stored together is shown together, and to write a time takes a while. */
    private static volatile Time last = new Time(Instant.EPOCH, Instant.EPOCH.toString());

    static String of(Instant instant) {
      Time known = last;
      if (!known.instant.equals(instant)) {
        known = new Time(instant, instant.truncatedTo(ChronoUnit.MILLIS).toString());
        last = known;
      }
      return known.text;
    }
  }

  /** A member of an object: where its name starts, its value starts, and its value ends. */
  private record Member(String name, int start, int value, int end) {}

  /**
   * Where the value of {@code meta} begins; 0 if the text shows none: a name with escapes is not
   * seen.
   *
   * @param json one JSON object, known to be well-formed
   */
  static int find(byte[] json) {
    var splice = new MetaSplice(json);
    for (Member member : splice.members(splice.skipSpace(0), "meta")) {
      if (member.name.equals("meta") && json[member.value] == '{') {
        return member.value;
      }
    }
    return 0;
  }

  /**
   * @param json one JSON object, known to be well-formed
   * @param at where the value of its {@code meta} begins; 0 if it has none
   */
  static byte[] merge(byte[] json, int at, Meta meta) {
    var splice = new MetaSplice(json);
    var out = new ByteArrayOutputStream(json.length + 400);
    if (at == 0) {
      int open = splice.skipSpace(0);
      String all = "\"meta\":{" + meta.members() + meta.source() + meta.extensions() + "]},";
      out.write(json, 0, open + 1);
      out.writeBytes(all.getBytes(UTF_8));
      out.write(json, open + 1, json.length - open - 1);
    } else {
      out.write(json, 0, at + 1);
      int end = splice.mergeInto(at, meta, out);
      out.write(json, end, json.length - end);
    }
    return out.toByteArray();
  }

  /** Gives where the object that opens at {@code open} ends. */
  private int mergeInto(int open, Meta meta, ByteArrayOutputStream out) {
    write(meta.members(), out);
    boolean hasSource = false;
    boolean hasExtension = false;
    List<Member> members = members(open, "");
    int end = at + 1;
    for (Member member : members) {
      switch (member.name) {
        case "versionId", "lastUpdated" -> {}
        case "source" -> {
          boolean ours =
              new String(json, member.value, member.end - member.value, UTF_8)
                  .startsWith("\"" + SOURCE);
          if (!ours) {
            out.write(',');
            out.write(json, member.start, member.end - member.start);
            hasSource = true;
          }
        }
        case "extension" -> {
          write(meta.extensions(), out);
          copyElements(member.value, out);
          out.write(']');
          hasExtension = true;
        }
        default -> {
          out.write(',');
          out.write(json, member.start, member.end - member.start);
        }
      }
    }
    if (!hasSource) {
      write(meta.source(), out);
    }
    if (!hasExtension) {
      write(meta.extensions(), out);
      out.write(']');
    }
    out.write('}');
    return end;
  }

  private static void write(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  /** Copies an array's elements, a comma before each, but for extensions that an answer added. */
  private void copyElements(int open, ByteArrayOutputStream out) {
    at = skipSpace(open + 1);
    while (json[at] != ']') {
      int start = at;
      skipValue();
      if (!contains(start, at, OUR_EXTENSION)) {
        out.write(',');
        out.write(json, start, at - start);
      }
      skipComma();
    }
  }

  /** The members of the object, up to the one named {@code last}. */
  private List<Member> members(int open, String last) {
    var members = new ArrayList<Member>();
    at = skipSpace(open + 1);
    while (json[at] != '}') {
      int start = at;
      skipString();
      String name = new String(json, start + 1, at - start - 2, UTF_8);
      at = skipSpace(skipSpace(at) + 1); // over the colon
      int value = at;
      skipValue();
      members.add(new Member(name, start, value, at));
      if (name.equals(last)) {
        break;
      }
      skipComma();
    }
    return members;
  }

  private void skipComma() {
    at = skipSpace(at);
    if (json[at] == ',') {
      at = skipSpace(at + 1);
    }
  }

  private int skipSpace(int from) {
    int i = from;
    while (isSpace(json[i])) {
      i++;
    }
    return i;
  }

  private void skipString() {
    at++;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipValue() {
    int depth = 0;
    do {
      switch (json[at]) {
        case '"' -> {
          skipString();
          continue;
        }
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      at++;
    } while (depth > 0 || !endsValue(json[at]));
  }

  private boolean contains(int from, int until, byte[] wanted) {
    for (int i = from; i + wanted.length <= until; i++) {
      if (Arrays.equals(json, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean endsValue(byte b) {
    return b == ',' || b == '}' || b == ']' || isSpace(b);
  }
}
