/** The audit trail: every judgement with what it disclosed or stored. Bills are made of it. */
@NullMarked
package emr.audit;

import org.jspecify.annotations.NullMarked;
