package io.faradaybridge;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Reports an invalid setting in a sentence instead of a stack trace. */
final class SettingsFailure implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable cause = failure;
        while (cause != null) {
            String message = cause.getMessage();
            if (message != null && message.startsWith("bridge.")) {
                return new FailureAnalysis(message, "Correct the setting and start again.", failure);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
