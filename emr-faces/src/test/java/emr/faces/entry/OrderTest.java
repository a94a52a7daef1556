package emr.faces.entry;

import static emr.faces.Sample.TANAKA;
import static emr.faces.Sample.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import emr.faces.FhirJson;
import emr.faces.RecordView;
import emr.faces.Viewpoint;
import emr.faces.entry.EntryForm.Known;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.Test;

/** What is ordered in an entry. */
class OrderTest {

  private static final Viewpoint JAPANESE =
      new Viewpoint(Locale.JAPANESE, TUESDAY.zone(), TUESDAY.now());

  private final EntryForm form = new EntryForm();

  private ServiceRequest ordered(String text) {
    form.getOrders().get(0).setText(text);
    return (ServiceRequest)
        FhirJson.parse(FhirJson.encode(form.toResources(TANAKA, file -> new byte[0]).get(1)));
  }

  @Test
  void anOrderSaysWhatForWhomByWhomAndHowSoon() {
    form.getOrders().get(0).setPriority("urgent");
    form.getOrders().get(0).setNote("Fasting");
    ServiceRequest order = ordered("Potassium");

    assertThat(order.getStatus()).isEqualTo(ServiceRequestStatus.ACTIVE);
    assertThat(order.getIntent()).isEqualTo(ServiceRequestIntent.ORDER);
    assertThat(order.getPriority()).isEqualTo(ServiceRequestPriority.URGENT);
    assertThat(order.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("108252007");
    assertThat(order.getCode().hasCoding("http://loinc.org", "2823-3")).isTrue();
    assertThat(order.getCode().getText()).isEqualTo("Potassium");
    assertThat(order.getSubject().getReference()).isEqualTo("Patient/0e4k2x9q7m1ta");
    assertThat(order.getEncounter().getReference()).startsWith("Encounter/");
    assertThat(order.getAuthoredOn()).isEqualTo(TUESDAY.now());
    assertThat(order.getRequester().getIdentifier().getValue()).isEqualTo("north/y.tanaka");
    assertThat(order.getNoteFirstRep().getText()).isEqualTo("Fasting");
  }

  @Test
  void aNameInEitherLanguageIsTheSameOrder() {
    assertThat(ordered("頭部CT").getCode().hasCoding("http://snomed.info/sct", "303653007")).isTrue();
    assertThat(ordered(" ct of HEAD ").getCode().hasCoding("http://snomed.info/sct", "303653007"))
        .isTrue();
  }

  @Test
  void wordsThatOnlyBeginLikeATestAreKeptAsWords() {
    ServiceRequest order = ordered("Glucose tolerance test");

    assertThat(order.getCode().getText()).isEqualTo("Glucose tolerance test");
    assertThat(order.getCode().getCoding()).isEmpty();
    assertThat(order.getCategory()).isEmpty();
  }

  @Test
  void theListIsReadInTheReadersLanguageAndFoundInBothAndByCode() {
    assertThat(OrderList.suggestions("ct of", Locale.ENGLISH))
        .containsExactly("CT of head", "CT of chest", "CT of abdomen");
    assertThat(OrderList.suggestions("ct of", Locale.JAPANESE))
        .containsExactly("頭部CT", "胸部CT", "腹部CT");
    assertThat(OrderList.suggestions("カリ", Locale.ENGLISH)).containsExactly("Potassium");
    assertThat(OrderList.suggestions("2823", Locale.ENGLISH)).containsExactly("Potassium");
    assertThat(OrderList.suggestions("", Locale.ENGLISH)).hasSize(12);
  }

  @Test
  void everyNameAndEveryCodeOfTheListIsOneAlone() {
    List<OrderList.Entry> all = OrderList.entries();

    assertThat(all)
        .hasSizeGreaterThan(40)
        .extracting(OrderList.Entry::name)
        .doesNotHaveDuplicates();
    assertThat(all).extracting(OrderList.Entry::japanese).doesNotHaveDuplicates();
    assertThat(all).extracting(entry -> entry.coding().getCode()).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            entry -> assertThat(isChecked(entry.coding().getCode())).as(entry.name()).isTrue());
  }

  /** LOINC's last digit checks the others by Luhn's rule, SNOMED CT's by Verhoeff's. */
  private static boolean isChecked(String code) {
    String digits = code.replace("-", "");
    return code.contains("-") ? luhn(digits) : verhoeff(digits);
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? digit : 2 * digit;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return sum % 10 == 0;
  }

  /** In the group of the turns and flips of a pentagon. */
  private static boolean verhoeff(String digits) {
    int[] turned = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
    int check = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      for (int turns = i % 8; turns > 0; turns--) {
        digit = turned[digit];
      }
      check = product(check, digit);
    }
    return check == 0;
  }

  private static int product(int one, int other) {
    int turn = one < 5 ? one + other % 5 : one - other % 5;
    return Math.floorMod(turn, 5) + ((one < 5) == (other < 5) ? 0 : 5);
  }

  @Test
  void asksAboutWhatIsOrderedAlreadyUntilItIsKept() {
    form.getOrders().get(0).setText("カリウム");
    Known known = known(earlier("2823-3", "2026-11-01", ServiceRequestStatus.ACTIVE));

    assertThat(form.complaints(known, TUESDAY))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.field()).isEqualTo("order");
              assertThat(complaint.text()).contains("K in serum", "1 Nov 2026");
            });
    form.getOrders().get(0).setKept(true);
    assertThat(form.complaints(known, TUESDAY)).isEmpty();
  }

  @Test
  void doesNotAskAboutAnotherTestOrWhatIsDoneOrLongPast() {
    form.getOrders().get(0).setText("Potassium");

    for (ServiceRequest other :
        List.of(
            earlier("2951-2", "2026-11-01", ServiceRequestStatus.ACTIVE),
            earlier("2823-3", "2026-11-01", ServiceRequestStatus.COMPLETED),
            earlier("2823-3", "2026-10-24", ServiceRequestStatus.ACTIVE),
            earlier("2823-3", "2026-11-01", ServiceRequestStatus.ACTIVE).setDoNotPerform(true))) {
      assertThat(form.complaints(known(other), TUESDAY)).isEmpty();
    }
    assertThat(Ordered.since(TUESDAY)).isEqualTo("2026-10-25");
  }

  private static Known known(ServiceRequest earlier) {
    return new Known(
        List.of(), List.of(), List.of(), Ordered.in(earlier, TUESDAY).stream().toList(), true);
  }

  private static ServiceRequest earlier(String loinc, String on, ServiceRequestStatus status) {
    var order = new ServiceRequest().setStatus(status);
    order.setAuthoredOnElement(new DateTimeType(on));
    order.getCode().setText("K in serum").addCoding().setSystem("http://loinc.org").setCode(loinc);
    return order;
  }

  @Test
  void aDraftOfAnOrderComesBackAndIsReviewed() {
    form.restore(
        Map.of(
            "order.1", "Chest X-ray",
            "order-note.1", "Standing",
            "order-priority.1", "urgent",
            "order-priority.0", "routine"));

    assertThat(form.getOrders()).hasSize(2);
    assertThat(form.isEmpty()).isFalse();
    assertThat(form.parts(TUESDAY))
        .contains(new EntryForm.Part("Orders", "1", "Chest X-ray (Urgent): Standing"));
  }

  @Test
  void aStoredOrderIsReadInTheReadersLanguage() {
    ServiceRequest order = ordered("Potassium");

    assertThat(RecordView.of(order, TUESDAY).title()).isEqualTo("Potassium");
    assertThat(RecordView.of(order, TUESDAY).lines())
        .extracting(RecordView.Line::label, RecordView.Line::value)
        .contains(
            tuple("Category", "Laboratory test"),
            tuple("What", "Potassium"),
            tuple("Ordered by", "Dr TANAKA Yuki"));
    assertThat(RecordView.of(order, JAPANESE).lines())
        .extracting(RecordView.Line::label, RecordView.Line::value)
        .contains(tuple("区分", "検体検査"));
  }
}
