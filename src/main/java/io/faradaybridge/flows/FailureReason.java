package io.faradaybridge.flows;

import io.faradaybridge.activity.Printable;
import java.sql.SQLException;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * A failure in a sentence without a secret. The bridge's own messages hold none. The messages of others may hold what
 * an operator's route calls, and everyone who knows the address of a chat may write to it.
 */
final class FailureReason {

    private static final String OURS = "io.faradaybridge.";
    private static final int LONGEST = 500;

    private FailureReason() {}

    static String of(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause.getClass().getName().startsWith(OURS) && message != null && !message.isBlank()) {
                return Printable.of(message, LONGEST);
            }
            if (cause instanceof HttpOperationFailedException refused) {
                return "the receiver answered with status " + refused.getStatusCode();
            }
            if (cause instanceof SQLException statement) {
                return "the database refused a statement (SQLSTATE " + statement.getSQLState() + ")";
            }
            root = cause;
        }
        return root.getClass().getSimpleName() + "; the log says more";
    }
}
