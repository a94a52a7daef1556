package emr.hospital.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import emr.hospital.temporarystore.Chart;
import emr.hospital.temporarystore.Custody;
import emr.hospital.temporarystore.KnownPatient;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The hospital's values as the API says them. */
final class Said {

  private Said() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  static ObjectNode custody(Custody custody) {
    ObjectNode said = object();
    said.put("submission", custody.id().toString());
    said.put("state", custody.state().name());
    said.put("patient", custody.patient() == null ? null : custody.patient().value());
    said.put("author", custody.author().user());
    said.put("recordedAt", custody.recordedAt().toString());
    said.put("due", time(custody.due()));
    said.put("attempts", custody.attempts());
    said.put("reason", custody.reason());
    ArrayNode records = said.putArray("records");
    for (Custody.Item item : custody.records()) {
      records
          .addObject()
          .put("reference", item.record().toString())
          .put("number", item.basedOn() + 1)
          .put("sha256", item.sha256());
    }
    ArrayNode steps = said.putArray("steps");
    for (Custody.Step step : custody.steps()) {
      steps
          .addObject()
          .put("state", step.state().name())
          .put("at", step.at().toString())
          .put("by", step.by())
          .put("reason", step.reason());
    }
    said.put("receipt", custody.receipt());
    return said;
  }

  static ObjectNode patient(KnownPatient patient) {
    return object()
        .put("id", patient.id().value())
        .put("family", patient.family())
        .put("given", patient.given())
        .put("kana", patient.kana())
        .put("kanji", patient.kanji())
        .put("birthDate", patient.birthDate() == null ? null : patient.birthDate().toString())
        .put("gender", patient.gender())
        .put("number", patient.number())
        .put("registeredHere", patient.registeredHere());
  }

  static ObjectNode entry(Chart.Entry entry) {
    ObjectNode said = object();
    said.put("reference", entry.record().toString());
    said.put("number", entry.number());
    said.put("hospital", entry.hospital());
    said.put("author", entry.author());
    said.put("at", entry.at().toString());
    said.put("state", entry.state() == null ? null : entry.state().name());
    said.put("submission", entry.submission() == null ? null : entry.submission().toString());
    said.putRawValue("content", new RawValue(entry.content()));
    return said;
  }

  static ArrayNode entries(Collection<Chart.Entry> entries) {
    ArrayNode said = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> said.add(entry(entry)));
    return said;
  }
}
