package emr.identity;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** The end of the caller's transaction: what is held in memory must not outlive a change. */
final class Completion {

  private Completion() {}

  /** Runs {@code forget} now, and again when the transaction, if there is one, has ended. */
  static void forget(TransactionSynchronizationRegistry transaction, Runnable forget) {
    forget.run();
    if (transaction.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
      return;
    }
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {}

          @Override
          public void afterCompletion(int status) {
            forget.run();
          }
        });
  }
}
