package emr.faces.page;

import static emr.faces.Sample.AIKO;
import static emr.faces.Sample.NUMBERS;
import static emr.faces.Sample.TUESDAY;
import static emr.faces.Sample.aiko;
import static emr.faces.Sample.stored;
import static org.assertj.core.api.Assertions.assertThat;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Simulation;
import emr.exchange.record.HospitalId;
import emr.exchange.record.RecordId;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import emr.faces.page.RightsPage.Hospital;
import emr.faces.page.RightsPage.Row;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;

class RightsPageTest {

  private static final RecordId REQUEST =
      new RecordId("ServiceRequest", "0e4k2x9q7m1ta-0e4k2x9q7m1tb");

  private final Page page = new Page();

  /** Of a person who may grant. */
  private static final class Page extends RightsPage {

    private static final long serialVersionUID = 1L;

    private boolean requests = true;

    Row of(AccessPolicy policy) {
      return row("1", policy, "", null);
    }

    void shows(ServiceRequest request) {
      show(
          PatientBanner.of(aiko(), NUMBERS, TUESDAY),
          List.of(stored(request, "North General Hospital")));
    }

    @Override
    protected Viewpoint viewpoint() {
      return TUESDAY;
    }

    @Override
    protected HospitalId grantor() {
      return new HospitalId("north");
    }

    @Override
    protected String hospitalName(HospitalId hospital) {
      return "South Clinic";
    }

    @Override
    public List<Row> getRows() {
      return List.of();
    }

    @Override
    public List<Unenforced> getUnenforced() {
      return List.of();
    }

    @Override
    public List<Hospital> getHospitals() {
      return List.of();
    }

    @Override
    public boolean isMayGrant() {
      return true;
    }

    @Override
    public String sign() {
      return "";
    }

    @Override
    protected boolean mayRequest() {
      return requests;
    }

    @Override
    public String refer() {
      return "";
    }

    @Override
    protected List<Simulation.Line> simulate(Simulation simulation) {
      return List.of();
    }

    @Override
    public String withdraw(String id) {
      return "";
    }
  }

  private static AccessPolicy policy() {
    return new AccessPolicy(
        false,
        new HospitalId("north"),
        AIKO,
        new HospitalId("south"),
        null,
        null,
        Set.of(),
        Set.of(),
        Set.of(AccessRight.READ),
        TUESDAY.now(),
        TUESDAY.now().plusSeconds(86_400),
        true);
  }

  private static ServiceRequest request() {
    var request = new ServiceRequest();
    request.setId(REQUEST.id());
    request.addReasonCode().setText("Suspected stenosis");
    return request;
  }

  @Test
  void aPolicySaysOfWhichReferralItIs() {
    page.shows(request());

    assertThat(page.of(policy().by(REQUEST)).referred()).isEqualTo("Referral: Suspected stenosis");
    assertThat(page.of(policy().by(REQUEST)).referral()).isEqualTo(REQUEST.id());
    assertThat(page.of(policy()).referral()).isEmpty();
    assertThat(page.of(policy()).referred()).isEmpty();
  }

  @Test
  void aReferralThatCannotBeReadIsNamedAllTheSame() {
    assertThat(page.of(policy().by(REQUEST)).referred()).isEqualTo("Referral");
  }

  @Test
  void onlyWhoMayOrderRefersAndOnlyOnePatient() {
    assertThat(page.isMayRefer()).as("on the page about all").isFalse();
    page.shows(request());
    assertThat(page.isMayRefer()).isTrue();
    page.requests = false;
    assertThat(page.isMayRefer()).as("an administrator").isFalse();
  }
}
