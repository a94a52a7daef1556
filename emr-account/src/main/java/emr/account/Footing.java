package emr.account;

/**
 * How an account stands, for who administers it.
 *
 * @param mustChange whether its password was given by somebody else
 * @param secondFactor whether it has one
 */
public record Footing(boolean mustChange, boolean secondFactor) {}
