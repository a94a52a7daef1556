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

/** A person signed in at the centre's portal, without a browser. */
public final class Portal {

  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)=\"([^\"]*)\"");

  private final Web web;

  private Portal(Web web) {
    this.web = web;
  }

  /**
   * Signs in through the page that a browser would show.
   *
   * @throws Web.UnexpectedAnswer if the portal does not let them in
   */
  public static Portal signIn(Installation installation, String user, String password) {
    URI root = installation.portal();
    Web web = Web.to(URI.create(root.toString().replaceAll("/$", "")), installation);
    Web.Answer page = follow(web, web.get("/portal/"));
    Matcher form = FORM.matcher(page.body());
    while (form.find()) {
      if (form.group(2).contains("type=\"password\"")) {
        return signIn(web, form, user, password);
      }
    }
    throw new Web.UnexpectedAnswer("the portal shows no form to sign in", null);
  }

  private static Portal signIn(Web web, Matcher form, String user, String password) {
    var fields = new LinkedHashMap<String, String>();
    Matcher input = INPUT.matcher(form.group(2));
    while (input.find()) {
      Map<String, String> attributes = attributes(input.group(1));
      String name = attributes.get("name");
      if (name != null) {
        String value =
            switch (attributes.getOrDefault("type", "text")) {
              case "password" -> password;
              case "hidden" -> attributes.getOrDefault("value", "");
              case "submit" -> name;
              default -> user;
            };
        fields.put(name, value);
      }
    }
    String action = unescape(attributes(form.group(1)).getOrDefault("action", "/portal/"));
    String body =
        fields.entrySet().stream()
            .map(f -> encode(f.getKey()) + "=" + encode(f.getValue()))
            .collect(Collectors.joining("&"));
    Web.Answer answer =
        web.send("POST", action, body, "Content-Type", "application/x-www-form-urlencoded");
    if (answer.status() / 100 != 3) {
      throw new Web.UnexpectedAnswer("the portal does not let " + user + " in", null);
    }
    follow(web, answer);
    return new Portal(web);
  }

  /** What the portal answers to this person, redirects followed. */
  public Web.Answer get(String path) {
    return follow(web, web.get(path));
  }

  /** Keeps a draft of an entry, as a page that is being written does. */
  public Web.Answer draft(String patient, String words) {
    var draft = Web.JSON.createObjectNode();
    draft.put("id", UUID.randomUUID().toString()).put("patient", patient).put("name", words);
    draft.putObject("fields").put("plan.0", words);
    return web.post("/portal/beside/draft", draft, "X-EMR", "1");
  }

  private static Web.Answer follow(Web web, Web.Answer answer) {
    Web.Answer last = answer;
    for (int hops = 0; hops < 5 && last.status() / 100 == 3; hops++) {
      URI to = URI.create(last.headers().firstValue("Location").orElse("/portal/"));
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
