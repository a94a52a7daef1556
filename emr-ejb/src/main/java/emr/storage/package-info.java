/** The record storing server: keeps every version of every record, and finds them again. */
@NullMarked
package emr.storage;

import org.jspecify.annotations.NullMarked;
