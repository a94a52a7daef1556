/** The second communication unit: FHIR R4 over HTTP, and the sealed exchange with hospitals. */
@NullMarked
package emr.communication;

import org.jspecify.annotations.NullMarked;
