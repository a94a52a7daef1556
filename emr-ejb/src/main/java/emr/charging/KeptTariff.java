package emr.charging;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Objects;

/** A row of the tariffs: added, never changed. */
@Entity
@Table(name = "tariff")
@IdClass(KeptTariff.Key.class)
@NamedQuery(
    name = KeptTariff.ALL,
    query = "select t from KeptTariff t order by t.code, t.validFrom desc")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class KeptTariff {

  /** By code, newest version first. */
  static final String ALL = "KeptTariff.all";

  @Id
  @Column(updatable = false)
  private String code;

  @Id
  @Column(name = "valid_from", updatable = false)
  private LocalDate validFrom;

  @Column(nullable = false, updatable = false)
  private String currency;

  @Column(name = "per_stored", nullable = false, updatable = false)
  private BigDecimal perStored;

  @Column(name = "per_retrieved", nullable = false, updatable = false)
  private BigDecimal perRetrieved;

  @Column(name = "per_mib_month", nullable = false, updatable = false)
  private BigDecimal perMibMonth;

  @Column(name = "made_by", nullable = false, updatable = false)
  private String madeBy;

  protected KeptTariff() {}

  KeptTariff(Tariff tariff, String madeBy) {
    this.code = tariff.code();
    this.validFrom = tariff.validFrom().atDay(1);
    this.currency = tariff.currency().getCurrencyCode();
    this.perStored = tariff.perStored();
    this.perRetrieved = tariff.perRetrieved();
    this.perMibMonth = tariff.perMibMonth();
    this.madeBy = madeBy;
  }

  Tariff toTariff() {
    return new Tariff(
        code,
        YearMonth.from(validFrom),
        Currency.getInstance(currency),
        perStored,
        perRetrieved,
        perMibMonth);
  }

  /** The primary key: a tariff has one version that begins with a month. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private String code = "";
    private LocalDate validFrom = LocalDate.EPOCH;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && code.equals(key.code) && validFrom.equals(key.validFrom);
    }

    @Override
    public int hashCode() {
      return Objects.hash(code, validFrom);
    }
  }
}
