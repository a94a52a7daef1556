/**
 * What the shared page bodies in {@code META-INF/resources/emr/page} expect of a page's bean.
 * Portal and terminal each have beans of their own; a page includes the body and gives it its bean
 * as {@code page}.
 */
@NullMarked
package emr.faces.page;

import org.jspecify.annotations.NullMarked;
