package emr.communication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.identity.Partner;
import emr.partner.PartnerTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/** Where partners get their tokens: RFC 6749 section 4.4 with an assertion of RFC 7523. */
@ApplicationScoped
@Path(TokenResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@SuppressWarnings("NullAway.Init") // the container injects
public class TokenResource {

  static final String PATH = "auth/token";

  private static final int LONGEST = 32_768;

  @Inject PartnerTokens tokens;
  @Inject Bearer bearer;

  private final FailedProofs failures = new FailedProofs(System::nanoTime);

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response token(@Context HttpServletRequest http, InputStream in) {
    try {
      return uncached(Response.ok(), granted(form(in), http.getRemoteAddr()));
    } catch (Refusal refusal) {
      String error = error(refusal.reason());
      String body =
          JsonNodeFactory.instance
              .objectNode()
              .put("error", error)
              .put("error_description", refusal.explanation())
              .toString();
      Response.ResponseBuilder answer = Response.status(status(refusal.reason()));
      if (refusal.retryAfter() > 0) {
        answer.header(HttpHeaders.RETRY_AFTER, refusal.retryAfter());
      }
      return uncached(answer, body);
    }
  }

  private String granted(Map<String, String> form, String address) {
    if (!required(form, "grant_type").equals("client_credentials")) {
      throw new Refusal(Reason.NOT_SUPPORTED, "The grant type is client_credentials.");
    }
    if (!required(form, "client_assertion_type").equals(PartnerTokens.JWT_BEARER)) {
      throw malformed("The client assertion type is " + PartnerTokens.JWT_BEARER + ".");
    }
    PartnerTokens.Grant grant = grant(form, required(form, "client_assertion"), address);
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", grant.token())
        .put("token_type", "bearer")
        .put("expires_in", grant.seconds())
        .put("scope", grant.scope())
        .toString();
  }

  private PartnerTokens.Grant grant(Map<String, String> form, String assertion, String address) {
    String client = tokens.claimed(assertion).map(Partner::client).orElse("");
    failures.requireFew(address, client);
    try {
      return tokens.grant(
          assertion, form.get("client_id"), form.getOrDefault("scope", ""), bearer::asksForToken);
    } catch (Refusal refusal) {
      if (refusal.reason() == Reason.NOT_AUTHENTICATED) {
        failures.count(address, client);
      }
      throw refusal;
    }
  }

  private static String error(Reason reason) {
    return switch (reason) {
      case NOT_AUTHENTICATED -> "invalid_client";
      case NOT_PERMITTED -> "invalid_scope";
      case NOT_SUPPORTED -> "unsupported_grant_type";
      case TOO_MANY -> "temporarily_unavailable";
      default -> "invalid_request";
    };
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case NOT_AUTHENTICATED -> 401;
      case TOO_MANY -> 429;
      default -> 400;
    };
  }

  private static Response uncached(Response.ResponseBuilder answer, String body) {
    return answer
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("Pragma", "no-cache")
        .entity(body)
        .build();
  }

  private static String required(Map<String, String> form, String name) {
    String value = form.get(name);
    if (value == null || value.isEmpty()) {
      throw malformed("The request has no " + name + ".");
    }
    return value;
  }

  private static Map<String, String> form(InputStream in) {
    try {
      byte[] body = in.readNBytes(LONGEST + 1);
      if (body.length > LONGEST) {
        throw malformed("A request for a token has " + LONGEST + " bytes at most.");
      }
      var form = new HashMap<String, String>();
      for (String field : new String(body, UTF_8).split("&")) {
        String[] parts = field.split("=", 2);
        String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8);
        if (form.put(URLDecoder.decode(parts[0], UTF_8), value) != null) {
          throw malformed("Each parameter comes once.");
        }
      }
      return form;
    } catch (IOException | IllegalArgumentException e) {
      throw (Refusal) malformed("The request is no form.").initCause(e);
    }
  }

  private static Refusal malformed(String explanation) {
    return new Refusal(Reason.MALFORMED, explanation);
  }
}
