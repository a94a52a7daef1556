package emr.portal;

import emr.charging.ChargingServer;
import emr.charging.Item;
import emr.charging.Money;
import emr.charging.MonthlyStatement;
import emr.charging.MonthlyStatement.Line;
import emr.charging.Use;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.shiro.authz.annotation.RequiresPermissions;

/**
 * What {@code operator/charges.xhtml} shows: a month's statements, hospital by hospital, item by
 * item, down to the audit entries. Everything is computed from the trail when the page is opened;
 * what is open stands in the address.
 */
@Named("charges")
@RequestScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // Faces calls load() before anything is shown
public class ChargesPage {

  private static final int STEP = 25;
  private static final int MOST = 200;
  private static final int COURSE = 6;

  @Inject ChargingServer charging;
  @Inject Hospitals hospitals;

  private String month = "";
  private String hospital = "";
  private String item = "";
  private int count = STEP;

  private YearMonth shown = YearMonth.now(ZoneOffset.UTC);
  private List<MonthlyStatement> statements = List.of();
  private List<Use> uses = List.of();
  private List<Bars.Bar> course = List.of();

  /** View action. What the address says wrongly is as if it were not there. */
  public void load() {
    try {
      shown = month.isEmpty() ? shown : YearMonth.parse(month);
    } catch (DateTimeException e) {
      month = "";
    }
    if (!charging.months().contains(shown)) {
      shown = YearMonth.now(ZoneOffset.UTC);
    }
    statements = charging.statements(shown);
    Optional<MonthlyStatement> open =
        statements.stream().filter(s -> s.hospital().value().equals(hospital)).findFirst();
    open.ifPresent(
        statement -> course = Bars.of(charging.course(statement.hospital(), shown, COURSE)));
    open.flatMap(statement -> openItem().map(line -> entries(statement, line)))
        .ifPresent(found -> uses = found);
  }

  private List<Use> entries(MonthlyStatement statement, Item line) {
    return charging.entries(statement, line, Long.MAX_VALUE, Math.max(STEP, Math.min(count, MOST)));
  }

  private Optional<Item> openItem() {
    return List.of(Item.values()).stream()
        .filter(candidate -> candidate.name().equalsIgnoreCase(item))
        .findFirst();
  }

  public List<MonthlyStatement> getStatements() {
    return statements;
  }

  public List<Use> getUses() {
    return uses;
  }

  public List<Bars.Bar> getCourse() {
    return course;
  }

  public List<String> getScale() {
    return Bars.scale(course);
  }

  public boolean isMore() {
    return uses.size() >= count && count < MOST;
  }

  public int getNextCount() {
    return count + STEP;
  }

  public boolean isOpen(MonthlyStatement statement) {
    return statement.hospital().value().equals(hospital);
  }

  public boolean isOpen(MonthlyStatement statement, Line line) {
    return isOpen(statement) && line.item().name().equalsIgnoreCase(item);
  }

  public String name(MonthlyStatement statement) {
    return hospitals
        .find(statement.hospital())
        .map(Hospital::name)
        .orElse(statement.hospital().value());
  }

  public String label(Line line) {
    return PortalText.of("item." + line.item().name());
  }

  public String key(Line line) {
    return line.item().name().toLowerCase(Locale.ROOT);
  }

  public String quantity(Line line) {
    return line.item() == Item.KEPT
        ? mib(line.quantity())
        : Numbers.grouped(line.quantity().longValueExact());
  }

  public String price(MonthlyStatement statement, Line line) {
    return statement.tariff().priceText(line.item());
  }

  /** A part's quantity. */
  public String quantity(Use use) {
    return Item.KEPT.name().equalsIgnoreCase(item)
        ? use.quantity().toPlainString()
        : Numbers.grouped(use.quantity().longValueExact());
  }

  /** A part's share in the amount, in the currency's main unit with two decimals more. */
  public String share(MonthlyStatement statement, Use use) {
    var currency = statement.tariff().currency();
    BigDecimal share = use.minor().movePointLeft(currency.getDefaultFractionDigits());
    int decimals = currency.getDefaultFractionDigits() + 2;
    return new Money(0, currency).toString().replaceAll("[0-9.]+$", "")
        + share.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  public String at(Use use) {
    return PortalText.viewpoint().exactly(use.at());
  }

  public String detail(Use use) {
    return PortalText.of(
        "charges.detail", use.records(), Numbers.octets(use.octets()), use.person());
  }

  /** The sum over all hospitals; one for each currency. */
  public String getTotal() {
    Map<String, Money> totals = new TreeMap<>();
    for (MonthlyStatement statement : statements) {
      totals.merge(statement.tariff().currency().getCurrencyCode(), statement.total(), Money::plus);
    }
    return totals.isEmpty()
        ? "–"
        : totals.values().stream().map(Money::toString).collect(Collectors.joining(" + "));
  }

  public String getStored() {
    return Numbers.grouped(statements.stream().mapToLong(s -> s.usage().stored()).sum());
  }

  public String getRetrieved() {
    return Numbers.grouped(statements.stream().mapToLong(s -> s.usage().retrieved()).sum());
  }

  /** MiB months of all hospitals. */
  public String getKept() {
    return mib(
        statements.stream()
            .flatMap(s -> s.lines().stream())
            .filter(line -> line.item() == Item.KEPT)
            .map(Line::quantity)
            .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private static String mib(BigDecimal quantity) {
    return quantity.setScale(3, RoundingMode.HALF_UP).toPlainString();
  }

  public boolean isClosed() {
    return !statements.isEmpty() && statements.get(0).period().closed();
  }

  public String getUntil() {
    return statements.isEmpty()
        ? ""
        : PortalText.viewpoint().exactly(statements.get(0).period().until());
  }

  public String getTitle() {
    return PortalText.of("charges.title", monthName(shown));
  }

  public List<YearMonth> getMonths() {
    return charging.months();
  }

  public String monthName(YearMonth value) {
    return value.format(DateTimeFormatter.ofPattern("MMMM yyyy", PortalText.viewpoint().locale()));
  }

  public String shortName(YearMonth value) {
    return value.getMonth().getDisplayName(TextStyle.SHORT, PortalText.viewpoint().locale());
  }

  public String getShown() {
    return shown.toString();
  }

  public String getMonth() {
    return month;
  }

  public void setMonth(String month) {
    this.month = month;
  }

  public String getHospital() {
    return hospital;
  }

  public void setHospital(String hospital) {
    this.hospital = hospital;
  }

  public String getItem() {
    return item;
  }

  public void setItem(String item) {
    this.item = item;
  }

  public int getCount() {
    return count;
  }

  public void setCount(int count) {
    this.count = count;
  }
}
