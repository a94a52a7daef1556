package emr.access;

/**
 * A paper by which somebody wanted to come in was refused before it could be judged.
 *
 * @param hospital number of the one that brought it, or in whose name it came
 * @param why in words
 */
public record PaperRefused(short hospital, String why) {}
