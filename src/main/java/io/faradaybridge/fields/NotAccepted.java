package io.faradaybridge.fields;

/** Jira would refuse the value. */
final class NotAccepted extends Exception {
    NotAccepted(String message) {
        super(message);
    }
}
