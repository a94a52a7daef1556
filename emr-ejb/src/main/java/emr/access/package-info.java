/** Who may read and who may add: statements are checked, standing policies kept, rights judged. */
@NullMarked
package emr.access;

import org.jspecify.annotations.NullMarked;
