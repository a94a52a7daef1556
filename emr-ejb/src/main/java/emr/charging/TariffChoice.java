package emr.charging;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;

/** By which tariff a hospital pays from a month on: added, never changed. */
@Entity
@Table(name = "tariff_choice")
@IdClass(TariffChoice.Key.class)
@NamedQuery(
    name = TariffChoice.ALL,
    query = "select c from TariffChoice c order by c.hospital, c.validFrom desc")
@SuppressWarnings("NullAway.Init") // JPA fills the fields in
class TariffChoice {

  /** By hospital, newest choice first. */
  static final String ALL = "TariffChoice.all";

  @Id
  @Column(updatable = false)
  private short hospital;

  @Id
  @Column(name = "valid_from", updatable = false)
  private LocalDate validFrom;

  @Column(nullable = false, updatable = false)
  private String code;

  @Column(name = "chosen_by", nullable = false, updatable = false)
  private String chosenBy;

  protected TariffChoice() {}

  TariffChoice(short hospital, YearMonth validFrom, String code, String chosenBy) {
    this.hospital = hospital;
    this.validFrom = validFrom.atDay(1);
    this.code = code;
    this.chosenBy = chosenBy;
  }

  short hospital() {
    return hospital;
  }

  YearMonth validFrom() {
    return YearMonth.from(validFrom);
  }

  String code() {
    return code;
  }

  /** The primary key: a hospital chooses once for a month. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private short hospital;
    private LocalDate validFrom = LocalDate.EPOCH;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && hospital == key.hospital
          && validFrom.equals(key.validFrom);
    }

    @Override
    public int hashCode() {
      return Objects.hash(hospital, validFrom);
    }
  }
}
