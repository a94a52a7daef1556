package emr.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationResult;
import com.fasterxml.jackson.databind.JsonNode;
import emr.exchange.record.HospitalId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Fault;
import emr.exchange.record.Refusal.Reason;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Checks resources against base R4 as a whole: cardinalities, types, required bindings, invariants,
 * by HAPI's validator. It takes seconds to load and some 180 MB, and milliseconds for a resource;
 * so it loads behind the start, and hospitals that are known to send what they have checked
 * themselves are spared it.
 */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Validator {

  private static final Logger LOG = Logger.getLogger(Validator.class.getName());

  /** After the start, so that it does not stand in its way. */
  private static final int LOAD_AFTER_SECONDS = 60;

  /** Characters; what is longer holds an attachment, which no rule is about. */
  private static final int LONGEST = 1_000_000;

  private static final int LONGEST_WAIT_SECONDS = 120;

  /**
   * What the validator calls errors and base R4 does not: rules of later versions and of
   * publishing, extensions' own definitions, codes outside required bindings, display texts.
   */
  private static final Pattern NOT_BASE =
      Pattern.compile(
          "TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE|Type_Specific_Checks_DT_UUID_Valid|IG_.*|SD_.*|SM_.*"
              + "|Terminology_PassThrough_TX_Message|Extension_EXT.*|Profile_EXT.*|Display_Name.*"
              + "|Validation_VAL_Profile_Unknown.*|.*Unable_To_(Resolve|Infer).*");

  /** In locations, what is inside a contained resource or an entry. */
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/");

  @Resource ManagedScheduledExecutorService executor;

  @Inject
  @ConfigProperty(name = "emr.validation.structure-only")
  Optional<String> structureOnly;

  private final CompletableFuture<FhirValidator> loaded = new CompletableFuture<>();
  private final AtomicBoolean loading = new AtomicBoolean();

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    executor.schedule(this::load, LOAD_AFTER_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether what {@code hospital} sends is checked for its structure only. */
  public boolean trusts(HospitalId hospital) {
    return structureOnly
        .filter(ids -> List.of(ids.split("\\s*,\\s*")).contains(hospital.value()))
        .isPresent();
  }

  /**
   * @param resource whose structure was checked before
   * @throws Refusal {@link Reason#UNPROCESSABLE} with each fault
   */
  public void require(JsonNode resource) {
    List<Fault> errors = faults(resource);
    if (!errors.isEmpty()) {
      throw new Refusal(Reason.UNPROCESSABLE, errors);
    }
  }

  /**
   * What is wrong with {@code resource}, in words that repeat nothing of it. One of more than a
   * million characters is not looked at, beyond its structure.
   */
  public List<Fault> faults(JsonNode resource) {
    String json = resource.toString();
    if (json.length() > LONGEST) {
      return List.of();
    }
    ValidationResult result = validator().validateWithResult(json);
    var faults = new ArrayList<Fault>();
    Set<String> texts =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));
    for (SingleValidationMessage message : result.getMessages()) {
      boolean isError = message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0;
      if (!isError || isOfLaterRules(message)) {
        continue;
      }
      if (texts.isEmpty()) {
        gather(resource, texts);
        texts.remove(resource.path("resourceType").asText());
      }
      faults.add(fault(message, texts, resource.path("resourceType").asText()));
    }
    return faults;
  }

  private static boolean isOfLaterRules(SingleValidationMessage message) {
    String id = message.getMessageId();
    return id != null && NOT_BASE.matcher(id).matches();
  }

  private static Fault fault(SingleValidationMessage message, Set<String> texts, String type) {
    String location = message.getLocationString();
    String expression = location == null ? type : COMMENT.matcher(location).replaceAll("");
    String id = message.getMessageId();
    boolean isCode = id != null && id.startsWith("Terminology");
    return new Fault(
        "error", isCode ? "code-invalid" : "invariant", expression, silent(message, texts));
  }

  /** The message without anything that the resource says. */
  private static String silent(SingleValidationMessage message, Set<String> texts) {
    String words = message.getMessage();
    for (String text : texts) {
      words = words.replace("'" + text + "'", "'…'").replace("\"" + text + "\"", "\"…\"");
      words = words.replace("(" + text + ")", "(…)").replace("#" + text, "#…");
      if (text.length() > 6 && !text.startsWith("http://hl7.org/fhir")) {
        words = words.replace(text, "…");
      }
    }
    return words;
  }

  /** Longest first, so that no part of one is left over. */
  private static void gather(JsonNode node, Set<String> texts) {
    if (node.isValueNode()) {
      String text = node.asText();
      if (!text.isBlank() && text.length() < 1_000) {
        texts.add(text);
      }
      return;
    }
    node.forEach(child -> gather(child, texts));
  }

  private FhirValidator validator() {
    if (!loaded.isDone()) {
      load();
    }
    return loaded.copy().orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private void load() {
    if (!loading.compareAndSet(false, true)) {
      return;
    }
    try {
      FhirContext r4 = FhirContext.forR4Cached();
      var module =
          new FhirInstanceValidator(
              new ValidationSupportChain(
                  new DefaultProfileValidationSupport(r4),
                  new CommonCodeSystemsTerminologyService(r4),
                  new InMemoryTerminologyServerValidationSupport(r4)));
      module.setAnyExtensionsAllowed(true);
      module.setErrorForUnknownProfiles(false);
      module.setNoExtensibleWarnings(true);
      module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
      FhirValidator validator = r4.newValidator().registerValidatorModule(module);
      long began = System.nanoTime();
      validator.validateWithResult(
          "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}");
      LOG.log(
          Level.INFO, "the validator loaded in {0} ms", (System.nanoTime() - began) / 1_000_000);
      loaded.complete(validator);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(Level.SEVERE, "the validator cannot be loaded", e);
      loaded.completeExceptionally(e);
    }
  }
}
