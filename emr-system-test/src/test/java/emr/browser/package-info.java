/** Staff at their browsers: the pages of terminal and portal, tried as people use them. */
@NullMarked
package emr.browser;

import org.jspecify.annotations.NullMarked;
