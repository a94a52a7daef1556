package emr.faces.growth;

/**
 * How a measure is spread among children of one age and sex, by the LMS method (Cole and Green,
 * 1992).
 *
 * @param months age
 * @param skew L, the power that makes it normal
 * @param median M
 * @param spread S, the coefficient of variation
 */
record Lms(double months, double skew, double median, double spread) {

  /** The value that lies {@code z} standard deviations from the median. */
  double valueAt(double z) {
    return skew == 0
        ? median * Math.exp(spread * z)
        : median * Math.pow(1 + skew * spread * z, 1 / skew);
  }

  /** By how many standard deviations {@code value} lies from the median. */
  double z(double value) {
    return skew == 0
        ? Math.log(value / median) / spread
        : (Math.pow(value / median, skew) - 1) / (skew * spread);
  }

  /** The hundredths of children whose value is less, 0 to 100. */
  double percentile(double value) {
    return 100 * normal(z(value));
  }

  /** The normal distribution, to 10^-7: formula 26.2.17 of Abramowitz and Stegun. */
  private static double normal(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        Math.exp(-z * z / 2)
            / Math.sqrt(2 * Math.PI)
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z > 0 ? 1 - tail : tail;
  }

  /** Between this and {@code next}, at an age between theirs. */
  Lms towards(Lms next, double age) {
    double part = (age - months) / (next.months - months);
    return new Lms(
        age,
        skew + part * (next.skew - skew),
        median + part * (next.median - median),
        spread + part * (next.spread - spread));
  }
}
