package emr.faces.page;

import static java.nio.charset.StandardCharsets.US_ASCII;

import emr.exchange.record.AccessReport;
import emr.exchange.record.HospitalId;
import emr.exchange.seal.PaperType;
import emr.exchange.seal.Signed;
import emr.faces.PatientBanner;
import emr.faces.Viewpoint;
import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The bean of {@code /emr/page/report.xhtml}: who saw a chart, to be printed for the patient. It
 * shows what the centre signed and nothing else.
 */
public abstract class ReportPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A line, in words. */
  public record Line(
      String entry,
      String when,
      String person,
      String role,
      String place,
      String what,
      boolean refused,
      String why)
      implements Serializable {}

  private String patient = "";
  private String paper = "";
  private @Nullable PatientBanner banner;
  private List<Line> lines = List.of();
  private String madeAt = "";
  private boolean complete;

  protected abstract Viewpoint viewpoint();

  /**
   * @param signed compact JWS
   * @param centre certificate of the centre
   * @param hospitals give a hospital's name for its id
   * @throws emr.exchange.seal.BrokenSeal if the centre did not sign it
   */
  protected void show(
      PatientBanner of, String signed, X509Certificate centre, UnaryOperator<String> hospitals) {
    AccessReport report =
        Signed.parse(signed).verify(PaperType.ACCESS_REPORT, centre, AccessReport.class);
    banner = of;
    paper = signed;
    madeAt = viewpoint().exactly(report.madeAt());
    complete = report.complete();
    lines = report.lines().stream().map(line -> line(line, hospitals)).toList();
  }

  private Line line(AccessReport.Line line, UnaryOperator<String> hospitals) {
    HospitalId hospital = line.hospital();
    String action = line.action().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Line(
        Long.toString(line.entry()),
        viewpoint().exactly(line.at()),
        line.person(),
        line.role().isEmpty() ? "" : viewpoint().text("role." + line.role()),
        hospital == null ? "" : hospitals.apply(hospital.value()),
        viewpoint().text("report.action." + action, line.records()),
        !line.permitted(),
        viewpoint().explained(line.why()));
  }

  /** SHA-256 of the signed paper, in groups that can be read aloud. */
  public String getFingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(paper.getBytes(US_ASCII));
      return HexFormat.of().formatHex(hash).replaceAll("(.{4})(?!$)", "$1 ");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** As the centre signed it; whoever has the centre's certificate can verify it. */
  public String getPaper() {
    return paper;
  }

  public @Nullable PatientBanner getBanner() {
    return banner;
  }

  public List<Line> getLines() {
    return lines;
  }

  public String getMadeAt() {
    return madeAt;
  }

  public boolean isComplete() {
    return complete;
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }
}
