package emr.custody;

import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.PaperType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Makes the papers on which a hospital may delete its copy (claims 6, 7). */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Receipts {

  @Inject CentreKeys keys;

  /** {@code receipt} in the centre's name, a compact JWS. */
  public String sign(StoredReceipt receipt) {
    return keys.sign().sign(PaperType.RECEIPT, receipt);
  }
}
