package emr.access;

import emr.exchange.record.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * A paper by which somebody wanted to come in was refused before it could be judged.
 *
 * @param hospital the one that brought it, or in whose name it came; null if that is nobody's
 * @param person in whose name it came, empty if nobody proved or claimed a name that is known
 * @param why in words
 */
public record PaperRefused(@Nullable HospitalId hospital, String person, String why) {}
