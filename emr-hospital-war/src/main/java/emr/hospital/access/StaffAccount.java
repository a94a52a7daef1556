package emr.hospital.access;

import emr.account.Footing;

/**
 * An account at this hospital as its administrator sees it.
 *
 * @param active whether the person may sign in
 */
public record StaffAccount(Staff staff, boolean active, Footing footing) {}
