package emr.identity;

import emr.account.Footing;

/**
 * An account at the portal as its administrators see it.
 *
 * @param active whether the person may sign in
 */
public record StaffAccount(Staff staff, boolean active, Footing footing) {}
