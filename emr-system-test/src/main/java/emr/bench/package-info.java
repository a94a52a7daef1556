/** The benchmark: what FHIR costs at a running centre, beside what it cost a recorded peer. */
@NullMarked
package emr.bench;

import org.jspecify.annotations.NullMarked;
