package emr.account;

import java.io.Serializable;
import java.util.UUID;

/**
 * A file that is attached to a draft; its content is asked for where it is needed.
 *
 * @param name as its author's machine had it, without folders
 * @param contentType such as image/png, as the browser said
 * @param size in octets
 */
public record DraftFile(UUID id, String name, String contentType, long size)
    implements Serializable {}
