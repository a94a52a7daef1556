package emr.faces.chart;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page about one patient, narrowed by a kind and a period that stand in its address. */
public abstract class FilteredPage extends PatientPage {

  private static final long serialVersionUID = 1L;

  private static final int STEP = 40;
  private static final int LONGEST = 1_000;

  private final Period usual;
  private String kind = "";
  private String period = "";
  private int listed = STEP;

  /**
   * @param usual where the address names no period
   */
  protected FilteredPage(Period usual) {
    this.usual = usual;
  }

  /** As the address has it, or empty. */
  public String getKind() {
    return kind;
  }

  public void setKind(@Nullable String kind) {
    this.kind = kind == null ? "" : kind;
  }

  public List<Period> getPeriods() {
    return Arrays.asList(Period.values());
  }

  public Period getPeriod() {
    return Period.named(period, usual);
  }

  /** Name of the period, as it stands in the address. */
  public String getSpan() {
    return getPeriod().getName();
  }

  public void setSpan(@Nullable String name) {
    period = name == null ? "" : name;
  }

  /** How many are listed, at first and by each step. */
  public int getListed() {
    return listed;
  }

  public void setListed(int listed) {
    this.listed = Math.max(STEP, Math.min(LONGEST, listed));
  }

  /** How many would be listed by the next step. */
  public int getNext() {
    return listed + STEP;
  }

  /** Of words that stand in addresses; says nothing by itself. */
  static String key(String words) {
    return Integer.toHexString(words.hashCode());
  }
}
