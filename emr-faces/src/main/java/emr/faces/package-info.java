/**
 * What pages show, as values made from FHIR R4 resources: patient banner, chart, record, history.
 * No beans and no business; portal and terminal give the resources.
 */
@NullMarked
package emr.faces;

import org.jspecify.annotations.NullMarked;
