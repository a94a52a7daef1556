package emr.control;

import emr.exchange.record.StoredReceipt;

/**
 * What a submission's sender is told.
 *
 * @param signedReceipt the same, signed by the centre: the order to delete (claims 6, 7)
 */
public record Stored(StoredReceipt receipt, String signedReceipt) {}
