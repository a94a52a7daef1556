/** The temporarily storing server: submissions and their custody, received records, drafts. */
@NullMarked
package emr.hospital.temporarystore;

import org.jspecify.annotations.NullMarked;
