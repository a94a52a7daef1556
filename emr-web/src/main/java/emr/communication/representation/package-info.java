/** The forms in which FHIR goes over HTTP: JSON and XML, whole or in part, compressed or not. */
@NullMarked
package emr.communication.representation;

import org.jspecify.annotations.NullMarked;
