package emr.custody;

import emr.exchange.record.StoredReceipt;
import emr.exchange.seal.PaperType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Signs what was stored. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init") // the container injects
public class Receipts {

  @Inject CentreKeys keys;

  /** The paper on which a hospital may delete its copy (claims 6, 7), a compact JWS. */
  public String sign(StoredReceipt receipt) {
    return keys.sign().sign(PaperType.RECEIPT, receipt);
  }

  /**
   * The same for what nobody holds a copy of: kept at the centre alone, it proves what was stored
   * without repeating it, a compact JWS of a {@link StoredSum}.
   */
  public String signBriefly(StoredReceipt receipt) {
    return keys.sign().sign(PaperType.STORED, StoredSum.of(receipt));
  }
}
