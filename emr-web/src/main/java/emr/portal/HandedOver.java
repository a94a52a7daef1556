package emr.portal;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** What one page hands to the next. */
@SessionScoped
public class HandedOver implements Serializable {

  private static final long serialVersionUID = 1L;

  private String query = "";

  /** Hands a search over to the page of patients, so that no name stands in an address. */
  void handOver(String searched) {
    query = searched;
  }

  /** What was handed over, once. */
  String takeQuery() {
    String handedOver = query;
    query = "";
    return handedOver;
  }
}
