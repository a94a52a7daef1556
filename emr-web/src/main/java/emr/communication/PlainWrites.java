package emr.communication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import emr.communication.representation.Negotiation;
import emr.control.Change;
import emr.exchange.access.AccessStatement;
import emr.storage.FhirJson;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stores what is sent most plainly, one resource in JSON, created or updated under its id, before
 * JAX-RS is troubled with it; {@link PlainReads} does so for what is read. It makes the same {@link
 * Change} as {@link FhirWriting}, and leaves conditions and wishes to it.
 */
@Dependent
@SuppressWarnings("NullAway.Init") // the container injects
class PlainWrites {

  private static final Pattern PATH =
      Pattern.compile("([A-Z][A-Za-z]{1,63})(?:/([A-Za-z0-9.\\-]{1,64}))?");

  private static final Set<String> JSON =
      Set.of(
          "application/fhir+json",
          "application/json",
          "application/fhir+json;charset=utf-8",
          "application/json;charset=utf-8");

  private static final Set<String> WISHES = Set.of("return=minimal", "return=representation");

  @Inject FhirWriting writing;
  @Inject RequestBody body;
  @Inject Bearer bearer;
  @Inject Negotiation negotiation;

  /** False, and nothing is done, if the request is not for here. */
  boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String base = request.getContextPath() + "/fhir/";
    String uri = request.getRequestURI();
    boolean creates = request.getMethod().equals("POST");
    if (!(creates || request.getMethod().equals("PUT"))
        || !uri.startsWith(base)
        || !isPlain(request)) {
      return false;
    }
    Matcher path = PATH.matcher(uri.substring(base.length()));
    if (!path.matches() || creates != (path.group(2) == null)) {
      return false;
    }
    String url = request.getRequestURL().toString();
    try {
      AccessStatement by = bearer.statement(request);
      Plain.send(
          writing.answer(
              change(path, request),
              by,
              url.substring(0, url.length() - path.group().length()),
              Preferred.of(request.getHeader("Prefer"))),
          response);
    } catch (RuntimeException fault) {
      Plain.send(FhirFaults.answer(fault), response);
    }
    return true;
  }

  private Change change(Matcher path, HttpServletRequest request) throws IOException {
    ObjectNode resource =
        FhirJson.read(body.read(request.getInputStream(), request.getContentLengthLong()));
    return path.group(2) == null
        ? Writing.create(resource, path.group(1), null)
        : Writing.update(
            FhirReader.record(path.group(1), path.group(2)),
            resource,
            request.getHeader(HttpHeaders.IF_MATCH));
  }

  private boolean isPlain(HttpServletRequest request) {
    String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
    List<String> wishes = Collections.list(request.getHeaders("Prefer"));
    return JSON.contains(type.replace(" ", ""))
        && request.getQueryString() == null
        && request.getHeader("If-None-Exist") == null
        && request.getHeader(HttpHeaders.CONTENT_ENCODING) == null
        && Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)).size() <= 1
        && wishes.size() <= 1
        && WISHES.containsAll(wishes)
        && negotiation.isPlain(request);
  }
}
