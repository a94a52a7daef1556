package emr.system;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;

/** The demonstration's partner, as tests of {@code /fhir} need it. */
final class Partner {

  static final FhirContext R4 = FhirContext.forR4Cached();

  private static final PartnerClient LAB = PartnerClient.of(Staff.INSTALLATION, "lab.demo");
  private static final Web WEB = Web.to(Staff.INSTALLATION.fhir(), Staff.INSTALLATION);
  private static final String TOKEN = LAB.token(PartnerClient.EVERYTHING);

  private Partner() {}

  /** Any request of the partner, over plain HTTP. */
  static Web.Answer send(String method, String path, String body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Authorization";
    all[headers.length + 1] = "Bearer " + TOKEN;
    return WEB.send(method, path, body, all);
  }

  static Web.Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  static String token() {
    return TOKEN;
  }

  /** HAPI's own client. */
  static IGenericClient hapi() {
    R4.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    R4.getRestfulClientFactory().setSocketTimeout(60_000);
    IGenericClient client = R4.newRestfulGenericClient(Staff.INSTALLATION.fhir().toString());
    client.registerInterceptor(new BearerTokenAuthInterceptor(TOKEN));
    return client;
  }
}
