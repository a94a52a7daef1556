package emr.communication;

import emr.exchange.record.Refusal;
import java.util.function.LongSupplier;

/**
 * Keeps those from asking on for tokens who fail to prove who they are, before their next proof is
 * looked at. Whoever does not fail is not counted. A client is counted at each address by itself:
 * nobody keeps another out by failing in its name, and of several systems behind one address, one
 * that has lost its key leaves room for the others.
 */
final class FailedProofs {

  /** Failures from an address that are answered within a minute. */
  static final int OF_ADDRESS = 60;

  /** Of these, in the name of one client, or of all that are not registered. */
  static final int OF_CLIENT = 30;

  private static final int BURST_SECONDS = 60;

  private final CallerRates rates;

  /**
   * @param clock nanoseconds that only increase
   */
  FailedProofs(LongSupplier clock) {
    this.rates = new CallerRates(clock, BURST_SECONDS);
  }

  /**
   * @param address from which somebody comes
   * @param client a registered one as which they come; empty if it is none
   * @throws Refusal {@link Refusal.Reason#TOO_MANY} if too many failed
   */
  void requireFew(String address, String client) {
    rates.require(address, OF_ADDRESS);
    rates.require(address + " " + client, OF_CLIENT);
  }

  /** How much is kept of who failed; bounded. */
  int remembered() {
    return rates.callers();
  }

  /** Counts a failure. */
  void count(String address, String client) {
    rates.owe(address, OF_ADDRESS, 1);
    rates.owe(address + " " + client, OF_CLIENT, 1);
  }
}
