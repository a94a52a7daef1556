package emr.faces.chart;

import emr.faces.PatientBanner;
import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A chart as it was opened.
 *
 * @param born null if it is not known to the day
 * @param waiting how many of its records are not yet at the centre
 * @param reading the patient's allergies and what else was asked for
 */
public record Opened(PatientBanner banner, @Nullable LocalDate born, long waiting, Reading reading)
    implements Serializable {}
