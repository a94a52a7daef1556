package emr.portal;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** What a person has chosen for their session, and what one page hands to the next. */
@SessionScoped
public class Appearance implements Serializable {

  private static final long serialVersionUID = 1L;

  private String theme = "";
  private String query = "";

  String theme() {
    return theme;
  }

  void theme(String chosen) {
    theme = chosen;
  }

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
