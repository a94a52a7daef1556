package emr.faces.chart;

import emr.exchange.record.RecordId;
import emr.exchange.record.Refusal;
import emr.exchange.record.Refusal.Reason;
import emr.faces.page.Download;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.jspecify.annotations.Nullable;

/** The bean of {@code file.xhtml}: answers with a file of a record instead of a page. */
public abstract class FilePage implements Serializable {

  private static final long serialVersionUID = 1L;

  private String patient = "";
  private String record = "";
  private int number;
  private String as = "";

  protected abstract ChartDesk desk();

  /** View action. */
  public void load() {
    try {
      FileOf file = file();
      Download.send(
          FacesContext.getCurrentInstance(),
          file.name(),
          file.type(),
          file.octets(),
          as.equals("inline"));
    } catch (Refusal refusal) {
      desk().refuse(refusal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileOf file() {
    String named = named().toString();
    return desk().read(patient, List.of(named)).records().stream()
        .filter(found -> named.equals(found.type() + "/" + found.id()))
        .findFirst()
        .map(found -> FileOf.attachments(found.resource()))
        .filter(attachments -> number >= 0 && number < attachments.size())
        .map(attachments -> (Attachment) attachments.get(number))
        .flatMap(attachment -> FileOf.read(attachment, patient, desk()))
        .orElseThrow(() -> new Refusal(Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT));
  }

  private RecordId named() {
    try {
      return RecordId.parse(record);
    } catch (IllegalArgumentException e) {
      throw (Refusal) new Refusal(Reason.UNKNOWN_RECORD, Refusal.NO_RIGHT).initCause(e);
    }
  }

  public String getPatient() {
    return patient;
  }

  public void setPatient(String patient) {
    this.patient = patient;
  }

  /** {@code Type/id} of the record that carries or names the file. */
  public String getRecord() {
    return record;
  }

  public void setRecord(@Nullable String record) {
    this.record = record == null ? "" : record;
  }

  /** Which of its files, from 0. */
  public int getNumber() {
    return number;
  }

  public void setNumber(int number) {
    this.number = number;
  }

  /** inline, to be shown rather than saved. */
  public String getAs() {
    return as;
  }

  public void setAs(@Nullable String as) {
    this.as = as == null ? "" : as;
  }
}
