package emr.hospital.temporarystore;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who was found.
 *
 * @param here known at this hospital
 * @param atCentre known at the centre and not here
 * @param awaySince since when the centre has not answered; null if it just did
 */
public record FoundPatients(
    List<KnownPatient> here, List<KnownPatient> atCentre, @Nullable Instant awaySince)
    implements Serializable {

  public FoundPatients {
    here = List.copyOf(here);
    atCentre = List.copyOf(atCentre);
  }
}
