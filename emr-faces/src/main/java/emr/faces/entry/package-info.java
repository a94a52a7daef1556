/**
 * What people write on pages: forms that check what was meant and turn it into FHIR R4 resources.
 */
@NullMarked
package emr.faces.entry;

import org.jspecify.annotations.NullMarked;
