/** Whether a resource is what base FHIR R4 says it must be; knows no record and no caller. */
@NullMarked
package emr.validation;

import org.jspecify.annotations.NullMarked;
