package emr.faces.chart;

import emr.exchange.access.AccessPolicy;
import emr.exchange.access.AccessRight;
import emr.exchange.access.Role;
import emr.exchange.access.RoleRights;
import emr.exchange.access.Sensitivity;
import emr.exchange.record.HospitalId;
import emr.faces.ChartRecord;
import emr.faces.RecordWords;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who looks at a chart. The centre judges what they may read; this only tells which of the policies
 * that they can see say so.
 *
 * @param user the name they sign in with
 */
public record Reader(HospitalId hospital, Role role, String user) {

  /** Those of {@code policies} that open {@code record} to this person. */
  List<AccessPolicy> opening(ChartRecord record, Collection<AccessPolicy> policies, Instant now) {
    List<AccessPolicy> about =
        policies.stream()
            .filter(policy -> isInForce(policy, now) && isForThem(policy))
            .filter(policy -> policy.rights().contains(AccessRight.READ))
            .filter(policy -> policy.types().isEmpty() || policy.types().contains(record.type()))
            .toList();
    Set<Sensitivity> labels = labels(record);
    return about.stream()
        .filter(policy -> !policy.refuses() && policy.sensitivities().containsAll(labels))
        .filter(policy -> namesPerson(policy) || may(record))
        .filter(policy -> about.stream().noneMatch(other -> shuts(other, policy, labels)))
        .toList();
  }

  private boolean isForThem(AccessPolicy policy) {
    return (policy.hospital() == null || policy.hospital().equals(hospital))
        && (policy.role() == null || policy.role() == role)
        && (policy.user() == null || policy.user().equals(user));
  }

  private boolean may(ChartRecord record) {
    return RoleRights.may(role, AccessRight.READ, record.type());
  }

  /** What is for a whole hospital opens to its people what their roles may read there. */
  private static boolean namesPerson(AccessPolicy policy) {
    return policy.role() != null || policy.user() != null;
  }

  private static boolean shuts(AccessPolicy other, AccessPolicy policy, Set<Sensitivity> labels) {
    return other.refuses()
        && other.grantor().equals(policy.grantor())
        && other.sensitivities().stream().anyMatch(labels::contains);
  }

  private static boolean isInForce(AccessPolicy policy, Instant now) {
    return policy.inForce()
        && !now.isBefore(policy.from())
        && (policy.until() == null || now.isBefore(policy.until()));
  }

  private static Set<Sensitivity> labels(ChartRecord record) {
    Set<Sensitivity> labels = RecordWords.sensitivities(record.resource());
    return labels.isEmpty() ? EnumSet.of(Sensitivity.NORMAL) : labels;
  }
}
