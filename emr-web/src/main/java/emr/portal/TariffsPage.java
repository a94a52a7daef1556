package emr.portal;

import emr.charging.Item;
import emr.charging.Tariff;
import emr.charging.Tariffs;
import emr.exchange.record.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/** What {@code operator/tariffs.xhtml} shows and does: versions of tariffs, and a new one. */
@Named("tariffsPage")
@RequestScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // the container injects
public class TariffsPage {

  @Inject Tariffs tariffs;
  @Inject Operation operation;
  @Inject SignedIn signedIn;

  private String code = "";
  private String from = YearMonth.now(ZoneOffset.UTC).plusMonths(1).toString();
  private String currency = "JPY";
  private String stored = "";
  private String retrieved = "";
  private String kept = "";

  public List<Tariff> getVersions() {
    return tariffs.all();
  }

  public String price(Tariff tariff, String item) {
    return tariff.priceText(Item.valueOf(item));
  }

  /** Adds what is in the form; prices are in the currency's minor unit. */
  public String add() {
    try {
      var tariff =
          new Tariff(
              code.strip(),
              YearMonth.parse(from.strip()),
              Currency.getInstance(currency.strip().toUpperCase(Locale.ROOT)),
              new BigDecimal(stored.strip()),
              new BigDecimal(retrieved.strip()),
              new BigDecimal(kept.strip()));
      operation.addTariff(tariff, signedIn.require().user());
      PortalText.done(PortalText.of("tariffs.done"));
      return PortalText.leadTo("/portal/operator/tariffs");
    } catch (Refusal refusal) {
      PortalText.notDone(PortalText.viewpoint().explained(refusal));
    } catch (DateTimeException e) {
      PortalText.notDone(PortalText.of("tariffs.month-form"));
    } catch (NumberFormatException e) {
      PortalText.notDone(PortalText.of("tariffs.price-form"));
    } catch (IllegalArgumentException e) {
      PortalText.notDone(PortalText.of("tariffs.form"));
    }
    return "";
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code;
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  public String getCurrency() {
    return currency;
  }

  public void setCurrency(String currency) {
    this.currency = currency;
  }

  public String getStored() {
    return stored;
  }

  public void setStored(String stored) {
    this.stored = stored;
  }

  public String getRetrieved() {
    return retrieved;
  }

  public void setRetrieved(String retrieved) {
    this.retrieved = retrieved;
  }

  public String getKept() {
    return kept;
  }

  public void setKept(String kept) {
    this.kept = kept;
  }
}
