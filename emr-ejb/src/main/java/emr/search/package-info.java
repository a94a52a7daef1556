/**
 * What records are found by: FHIR's search parameters, and how values are compared. Knows no
 * database.
 */
@NullMarked
package emr.search;

import org.jspecify.annotations.NullMarked;
