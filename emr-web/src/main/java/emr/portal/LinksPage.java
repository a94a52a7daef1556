package emr.portal;

import emr.custody.Link;
import emr.custody.Links;
import emr.identity.Hospital;
import emr.identity.Hospitals;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.shiro.authz.annotation.RequiresPermissions;
import org.jspecify.annotations.Nullable;

/** What {@code operator/home.xhtml} shows: every hospital, and how its link stands. */
@Named("links")
@RequestScoped
@RequiresPermissions("centre:operate")
@SuppressWarnings("NullAway.Init") // the container injects
public class LinksPage {

  /** A certificate that ends sooner than this is announced. */
  private static final Duration SOON = Duration.ofDays(30);

  /** A server heard within this time counts as linked. */
  private static final Duration LINKED = Duration.ofMinutes(15);

  @Inject Hospitals hospitals;
  @Inject Links links;

  private @Nullable List<Row> rows;

  /**
   * A hospital's row.
   *
   * @param tone of the tag, see {@code emr:tag}
   */
  public record Row(
      Hospital hospital,
      Link link,
      String tone,
      String icon,
      String state,
      String heard,
      String certificateEnds,
      boolean endsSoon) {}

  public List<Row> getRows() {
    if (rows == null) {
      Instant now = Instant.now();
      rows =
          links.all().stream()
              .map(link -> row(hospitals.find(link.hospital()).orElseThrow(), link, now))
              .toList();
    }
    return rows;
  }

  private static Row row(Hospital hospital, Link link, Instant now) {
    Instant heard = link.lastHeard();
    String state = state(hospital, heard, now);
    X509Certificate certificate = hospital.certificate();
    return new Row(
        hospital,
        link,
        switch (state) {
          case "linked" -> "ok";
          case "left" -> "danger";
          case "never" -> "warn";
          default -> "info";
        },
        switch (state) {
          case "linked" -> "check-circle";
          case "left" -> "ban";
          case "hosted" -> "home";
          default -> "clock";
        },
        PortalText.of("link." + state),
        heard == null ? "–" : PortalText.viewpoint().moment(heard),
        certificate == null
            ? "–"
            : PortalText.viewpoint()
                .day(certificate.getNotAfter().toInstant().atZone(ZoneOffset.UTC).toLocalDate()),
        certificate != null && certificate.getNotAfter().toInstant().isBefore(now.plus(SOON)));
  }

  private static String state(Hospital hospital, @Nullable Instant heard, Instant now) {
    if (!hospital.active()) {
      return "left";
    }
    if (hospital.hosted()) {
      return "hosted";
    }
    if (heard == null) {
      return "never";
    }
    return heard.isAfter(now.minus(LINKED)) ? "linked" : "quiet";
  }

  public List<Row> getEndingSoon() {
    return getRows().stream().filter(Row::endsSoon).toList();
  }

  public long getLinked() {
    return getRows().stream().filter(row -> row.tone().equals("ok")).count();
  }

  /** Hospitals with a server of their own. */
  public long getServers() {
    return getRows().stream().filter(row -> !row.hospital().hosted()).count();
  }

  public String getStoredLastHour() {
    return number(getRows().stream().mapToLong(row -> row.link().storedLastHour()).sum());
  }

  public String getRecords() {
    return number(getRows().stream().mapToLong(row -> row.link().records()).sum());
  }

  /** Stored submissions of hospitals with a server, whose deletion was not reported yet. */
  public String getNotDeleted() {
    return number(
        getRows().stream()
            .filter(row -> !row.hospital().hosted())
            .mapToLong(row -> row.link().notDeleted())
            .sum());
  }

  public String getNow() {
    return PortalText.viewpoint().exactly(Instant.now());
  }

  public String number(long value) {
    return Numbers.grouped(value);
  }
}
