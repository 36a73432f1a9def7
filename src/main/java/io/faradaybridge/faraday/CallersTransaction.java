package io.faradaybridge.faraday;

import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is written or locked belongs to a transaction of the caller, whose other rows must come with it. */
final class CallersTransaction {

    private CallersTransaction() {}

    /** @throws IllegalTransactionStateException if there is none */
    static void require() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("The caller has no transaction");
        }
    }
}
