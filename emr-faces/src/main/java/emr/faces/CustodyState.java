package emr.faces;

/**
 * Where a record is on its way from the hospital to the centre, as people see it. Away from the
 * outbox only what is not yet at the centre carries its state.
 */
public enum CustodyState {
  DRAFT("draft", "pencil"),
  SAVED("saved", "save"),
  HELD("held", "clock"),
  SENT("sent", "send"),
  STORED("stored", "verified"),
  DELETED("deleted", "eraser"),
  RECALLED("recalled", "undo"),
  SET_ASIDE("aside", "exclamation-triangle");

  private final String css;
  private final String icon;

  CustodyState(String css, String icon) {
    this.css = css;
    this.icon = icon;
  }

  /** Class in {@code emr.css}. */
  public String getCss() {
    return css;
  }

  /** Name among the PrimeIcons. */
  public String getIcon() {
    return icon;
  }

  /** Key of the word in the message bundle. */
  public String getKey() {
    return "custody." + css;
  }

  /** Whether a chart must say so: the centre does not hold the record yet. */
  public boolean isUnderWay() {
    return this != STORED && this != DELETED;
  }
}
