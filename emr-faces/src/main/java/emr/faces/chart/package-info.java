/**
 * The pages of one patient's chart, at terminal and portal alike: what they ask, and how it is
 * shown.
 */
@NullMarked
package emr.faces.chart;

import org.jspecify.annotations.NullMarked;
