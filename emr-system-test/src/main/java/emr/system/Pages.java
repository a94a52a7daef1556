package emr.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages of the centre's portal or of a terminal, as one person gets them without a browser. */
public final class Pages {

  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"");

  private final Web web;
  private final String folder;

  private Pages(Web web, String folder) {
    this.web = web;
    this.folder = folder;
  }

  /** The portal, for nobody. */
  public static Pages ofPortal(Installation installation) {
    return new Pages(at(installation.portal(), installation), "/portal/");
  }

  /** The terminal of a hospital, for nobody. */
  public static Pages ofTerminal(Installation installation, String hospital) {
    return new Pages(at(installation.hospital(hospital), installation), "/terminal/");
  }

  private static Web at(URI root, Installation installation) {
    return Web.to(URI.create(root.toString().replaceAll("/$", "")), installation);
  }

  /**
   * Signs in through the page that a browser would show.
   *
   * @throws Web.UnexpectedAnswer if they are not let in
   */
  public Pages signIn(String user, String password) {
    Web.Answer answer =
        send(follow(web.get(folder)), "password", Map.of("user", user, "password", password));
    if (answer.status() / 100 != 3) {
      throw new Web.UnexpectedAnswer("nobody lets " + user + " in", null);
    }
    follow(answer);
    return this;
  }

  /** What is answered to this person, redirects followed. */
  public Web.Answer get(String path) {
    return follow(web.get(path));
  }

  /** The same to any method; redirects are not followed. */
  public Web.Answer ask(String method, String path) {
    return web.send(method, path, null);
  }

  /**
   * Opens a page, fills in the form that has a field of name {@code field}, and sends it.
   *
   * @param typed by the names of fields; what is not named stays as the page has it
   */
  public Web.Answer submit(String path, String field, Map<String, String> typed) {
    return follow(send(get(path), field, typed));
  }

  private Web.Answer send(Web.Answer page, String field, Map<String, String> typed) {
    Matcher form = FORM.matcher(page.body());
    while (form.find()) {
      Map<String, String> fields = fields(form.group(2));
      if (fields.containsKey(field)) {
        fields.putAll(typed);
        String body =
            fields.entrySet().stream()
                .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
                .collect(Collectors.joining("&"));
        String action = unescape(attributes(form.group(1)).getOrDefault("action", folder));
        return web.send("POST", action, body, "Content-Type", "application/x-www-form-urlencoded");
      }
    }
    throw new Web.UnexpectedAnswer("the page has no form with " + field, null);
  }

  /** What a browser would send of a form if nothing was typed and its first button pressed. */
  private static Map<String, String> fields(String form) {
    var fields = new LinkedHashMap<String, String>();
    boolean pressed = false;
    Matcher input = INPUT.matcher(form);
    while (input.find()) {
      Map<String, String> attributes = attributes(input.group(1));
      String name = attributes.get("name");
      String type = attributes.getOrDefault("type", "text");
      boolean button = type.equals("submit");
      if (name != null && !type.equals("checkbox") && !(button && pressed)) {
        fields.putIfAbsent(name, button ? name : attributes.getOrDefault("value", ""));
        pressed |= button;
      }
    }
    return fields;
  }

  /** Keeps a draft of an entry, as a page that is being written does. */
  public Web.Answer draft(UUID id, String patient, String words) {
    var draft = Web.JSON.createObjectNode();
    draft.put("id", id.toString()).put("patient", patient).put("name", words);
    draft.putObject("fields").put("plan.0", words);
    return web.post(folder + "beside/draft", draft, "X-EMR", "1");
  }

  /** Attaches a text to a draft, as a page does with a file that is chosen. */
  public Web.Answer file(UUID draft, String name, String content) {
    return web.send(
        "POST",
        folder + "beside/file?draft=" + draft,
        content,
        "X-EMR",
        "1",
        "X-EMR-Name",
        encode(name),
        "Content-Type",
        "text/plain");
  }

  private Web.Answer follow(Web.Answer answer) {
    Web.Answer last = answer;
    for (int hops = 0; hops < 5 && last.status() / 100 == 3; hops++) {
      URI to = URI.create(last.headers().firstValue("Location").orElse(folder));
      String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
      last = web.get(to.getRawPath() + query);
    }
    return last;
  }

  private static Map<String, String> attributes(String tag) {
    var attributes = new LinkedHashMap<String, String>();
    Matcher attribute = ATTRIBUTE.matcher(tag);
    while (attribute.find()) {
      attributes.put(attribute.group(1), unescape(attribute.group(2)));
    }
    return attributes;
  }

  private static String unescape(String text) {
    return text.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
