/**
 * The audit trail as FHIR <a href="http://hl7.org/fhir/R4/auditevent.html">AuditEvents</a>, by IHE
 * <a href="https://profiles.ihe.net/ITI/BALP/">BALP</a>: retrieved as in ITI-81.
 */
@NullMarked
package emr.communication.trail;

import org.jspecify.annotations.NullMarked;
