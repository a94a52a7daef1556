package emr.hospital.forwarding;

import emr.exchange.record.Manifest;
import emr.exchange.record.StoredReceipt;
import emr.exchange.record.Submission;
import emr.exchange.seal.BrokenSeal;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import java.security.cert.X509Certificate;

/** Believes a receipt only if it is the centre's, and about exactly what was sent (claim 6). */
final class Receipts {

  private Receipts() {}

  /**
   * @param compact as it came
   * @param centre the certificate that the centre signs with
   * @throws BrokenSeal if it is not the centre's word that it keeps {@code sent} as it was sent
   */
  static StoredReceipt verify(String compact, X509Certificate centre, Submission sent) {
    StoredReceipt receipt =
        Signed.parse(compact).verify(PaperType.RECEIPT, centre, StoredReceipt.class);
    if (!receipt.submission().equals(sent.id()) || !receipt.hospital().equals(sent.hospital())) {
      throw new BrokenSeal("a receipt for another submission");
    }
    if (receipt.versions().size() != sent.entries().size()) {
      throw new BrokenSeal("a receipt for other records");
    }
    for (int i = 0; i < receipt.versions().size(); i++) {
      requireSame(receipt.versions().get(i), sent.entries().get(i));
    }
    return receipt;
  }

  private static void requireSame(StoredReceipt.Stored stored, Submission.Entry sent) {
    boolean same =
        stored.record().equals(sent.record())
            && stored.number() == sent.number()
            && stored.contentHash().equals(Manifest.sha256(sent.content()));
    if (!same) {
      throw new BrokenSeal("a receipt for another version of " + sent.record());
    }
  }
}
