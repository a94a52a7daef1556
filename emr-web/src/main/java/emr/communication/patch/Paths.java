package emr.communication.patch;

import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.storage.FhirJson;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.FHIRLexer.FHIRLexerException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** FHIRPath as far as it chooses elements of a resource, and does nothing else. */
final class Paths {

  private static final int LONGEST = 1_000;

  /** What a path may call; others may take for ever, write logs, or look elsewhere. */
  private static final Set<Function> FUNCTIONS =
      EnumSet.of(
          Function.Item,
          Function.Where,
          Function.First,
          Function.Last,
          Function.Tail,
          Function.Single,
          Function.Skip,
          Function.Take,
          Function.Exists,
          Function.Empty,
          Function.Not,
          Function.Is,
          Function.As,
          Function.OfType,
          Function.Extension,
          Function.StartsWith,
          Function.EndsWith,
          Function.Contains,
          Function.Count);

  private static volatile @Nullable FHIRPathEngine engine;

  private Paths() {}

  /**
   * @throws Refusal {@link Reason#MALFORMED} for what is no FHIRPath, or does more than to choose
   */
  static void check(String path) {
    parse(path);
  }

  /** The elements of {@code resource} that {@code path} leads to. */
  @SuppressWarnings("UnusedException") // messages quote the content
  static List<Base> evaluate(String path, Resource resource) {
    FHIRPathEngine paths = engine();
    try {
      synchronized (paths) { // it is not made for several threads
        return paths.evaluate(resource, parse(path));
      }
    } catch (FHIRException | UnsupportedOperationException e) {
      throw FhirPathPatch.unfitting("A path does not fit the resource.");
    }
  }

  @SuppressWarnings("UnusedException") // messages quote the path
  private static ExpressionNode parse(String path) {
    if (path.length() > LONGEST) {
      throw malformed();
    }
    FHIRPathEngine paths = engine();
    try {
      ExpressionNode parsed;
      synchronized (paths) {
        parsed = paths.parse(path);
      }
      require(parsed);
      return parsed;
    } catch (FHIRLexerException e) {
      throw malformed();
    }
  }

  private static void require(@Nullable ExpressionNode node) {
    if (node == null) {
      return;
    }
    if (node.getFunction() != null && !FUNCTIONS.contains(node.getFunction())) {
      throw malformed();
    }
    if (node.getParameters() != null) {
      node.getParameters().forEach(Paths::require);
    }
    require(node.getInner());
    require(node.getGroup());
    require(node.getOpNext());
  }

  private static FHIRPathEngine engine() {
    FHIRPathEngine made = engine;
    if (made == null) {
      made = FhirJson.paths();
      engine = made;
    }
    return made;
  }

  private static Refusal malformed() {
    return new Refusal(Reason.MALFORMED, "A path is no FHIRPath that chooses elements.");
  }
}
