package emr.faces.chart;

import emr.exchange.record.Refusal;
import emr.faces.ChartItem;
import emr.faces.ChartRecord;
import emr.faces.ChartSummary;
import emr.faces.CustodyState;
import emr.faces.FhirText;
import emr.faces.RecordView;
import emr.faces.RecordWords;
import emr.faces.Viewpoint;
import emr.faces.page.Download;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The bean of {@code /emr/page/documents.xhtml}: notes, documents and images, with a preview. */
@SuppressWarnings("NullAway.Init") // a page shows before anything is asked for
public abstract class DocumentsPage extends PlacedPage {

  private static final long serialVersionUID = 1L;
  private static final int OF_EACH = 80;

  /** Octets of a text that are shown in the page; the rest is in the file. */
  private static final int TEXT = 60_000;

  private static final List<String> TYPES =
      List.of("DocumentReference", "Composition", "DiagnosticReport", "Media");

  /**
   * A line of the list.
   *
   * @param kind what it is, in words
   * @param name {@code Type/id}, for links
   * @param labels how delicate it is, in words; empty for what is ordinary
   */
  public record Document(
      String name,
      String title,
      String kind,
      String happened,
      String hospital,
      String author,
      int files,
      String labels,
      @Nullable CustodyState state)
      implements Serializable {}

  /**
   * A choice of a filter.
   *
   * @param key for addresses; says nothing by itself
   */
  public record Choice(String key, String words) implements Serializable {}

  /**
   * A file of the document that is looked at.
   *
   * @param shown image, pdf, text or none
   * @param text what a text says; empty otherwise
   * @param fingerprint as its author wrote it down, in groups of four; empty if they did not
   */
  public record Shown(
      int number, String title, String detail, String shown, String text, String fingerprint)
      implements Serializable {}

  private String record = "";
  private ArrayList<Document> documents = new ArrayList<>();
  private ArrayList<Choice> kinds = new ArrayList<>();
  private @Nullable Document chosen;
  private @Nullable RecordView view;
  private ArrayList<Shown> files = new ArrayList<>();
  private boolean more;

  protected DocumentsPage() {
    super(Period.ALL);
  }

  /** View action. */
  public void load() {
    Viewpoint viewpoint = viewpoint();
    open(queries(TYPES.stream(), last(), OF_EACH, ""))
        .ifPresent(reading -> show(reading, viewpoint));
  }

  private void show(Reading reading, Viewpoint viewpoint) {
    String kind = getKind();
    LocalDate last = last();
    LocalDate from = getPeriod().first(last == null ? viewpoint.today() : last);
    more = reading.more() && isCut(reading.records(), OF_EACH, from, viewpoint);
    List<ChartRecord> all =
        reading.records().stream()
            .filter(DocumentsPage::isDocument)
            .filter(r -> isWithin(r, from, last, viewpoint))
            .filter(this::isOfPlace)
            .sorted(RecordWords.newestFirst())
            .toList();
    kinds = choices(all.stream().map(r -> kind(r.resource(), viewpoint)));
    documents =
        new ArrayList<>(
            all.stream()
                .filter(r -> kind.isEmpty() || key(kind(r.resource(), viewpoint)).equals(kind))
                .map(r -> document(r, viewpoint))
                .toList());
    all.stream()
        .filter(r -> record.equals(r.type() + "/" + r.id()))
        .findFirst()
        .ifPresent(r -> preview(r, viewpoint));
  }

  /** Reports without a paper are results, and stand among those. */
  private static boolean isDocument(ChartRecord record) {
    return TYPES.contains(record.type())
        && (!(record.resource() instanceof DiagnosticReport report) || report.hasPresentedForm());
  }

  private static ArrayList<Choice> choices(Stream<String> words) {
    var sorted = new TreeMap<String, Choice>();
    words.forEach(each -> sorted.put(each, new Choice(key(each), each)));
    return new ArrayList<>(sorted.values());
  }

  private static String kind(Resource resource, Viewpoint viewpoint) {
    String said =
        resource instanceof DocumentReference document ? FhirText.concept(document.getType()) : "";
    return said.isEmpty() ? RecordWords.kind(resource, viewpoint) : said;
  }

  private static Document document(ChartRecord record, Viewpoint viewpoint) {
    ChartItem item = ChartSummary.item(record, viewpoint);
    return new Document(
        record.type() + "/" + record.id(),
        item.title(),
        kind(record.resource(), viewpoint),
        item.aside(),
        record.hospital(),
        record.author(),
        FileOf.attachments(record.resource()).size(),
        item.labels(),
        record.state());
  }

  private void preview(ChartRecord found, Viewpoint viewpoint) {
    chosen = document(found, viewpoint);
    view = RecordView.of(found.resource(), viewpoint);
    List<Attachment> attachments = FileOf.attachments(found.resource());
    for (int number = 0; number < attachments.size(); number++) {
      files.add(file(attachments.get(number), number, viewpoint));
    }
  }

  private Shown file(Attachment attachment, int number, Viewpoint viewpoint) {
    String type = attachment.hasContentType() ? attachment.getContentType() : "";
    String shown = FileOf.isHere(attachment) ? shownAs(type) : "none";
    String text = "";
    if (shown.equals("text")) {
      text = text(attachment);
    }
    return new Shown(
        number,
        attachment.hasTitle() ? attachment.getTitle() : viewpoint.text("record.file"),
        FhirText.joined(
            ", ", type, attachment.hasSize() ? FhirText.size(attachment.getSize(), viewpoint) : ""),
        shown,
        text,
        attachment.hasHash()
            ? HexFormat.of()
                .formatHex(attachment.getHash())
                .toUpperCase(Locale.ROOT)
                .replaceAll("(.{4})(?=.)", "$1 ")
            : "");
  }

  private String text(Attachment attachment) {
    try {
      return FileOf.read(attachment, getPatient(), desk())
          .map(file -> new String(file.octets(), StandardCharsets.UTF_8))
          .map(words -> words.length() > TEXT ? words.substring(0, TEXT) + " …" : words)
          .orElse("");
    } catch (Refusal refusal) {
      return ""; // the file says so itself when it is asked for
    }
  }

  private static String shownAs(String type) {
    if (!Download.isShown(type)) {
      return "file";
    }
    return type.startsWith("image/") ? "image" : type.startsWith("text/") ? "text" : "pdf";
  }

  /** Newest first, as many as are listed. */
  public List<Document> getDocuments() {
    return documents.subList(0, Math.min(documents.size(), getListed()));
  }

  /** Whether documents were found that are not listed. */
  public boolean isUnlisted() {
    return documents.size() > getListed();
  }

  public List<Choice> getKinds() {
    return kinds;
  }

  /** The document that is looked at; null if none is. */
  public @Nullable Document getChosen() {
    return chosen;
  }

  /** The chosen document in words. */
  public @Nullable RecordView getView() {
    return view;
  }

  public List<Shown> getFiles() {
    return files;
  }

  /** Whether the period may hold older documents than were looked at. */
  public boolean isMore() {
    return more;
  }

  /** FHIR type of the chosen document, for links. */
  public String getType() {
    return record.replaceFirst("/.*", "");
  }

  /** Logical id of the chosen document, for links. */
  public String getId() {
    return record.replaceFirst(".*/", "");
  }

  /** {@code Type/id} of the document that is looked at; empty for none. */
  public String getRecord() {
    return record;
  }

  public void setRecord(@Nullable String record) {
    this.record = record == null ? "" : record;
  }
}
