package emr.faces.entry;

import java.io.Serializable;

/**
 * Something a writer is told or asked before a form is taken.
 *
 * @param field the id of the field within its form, to lead there
 * @param text what happened, what is safe, what to do; already in the writer's language
 */
public record Complaint(String field, String text) implements Serializable {}
