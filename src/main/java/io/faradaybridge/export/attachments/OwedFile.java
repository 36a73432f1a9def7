package io.faradaybridge.export.attachments;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file that is or was to be attached.
 *
 * @param name in Jira
 * @param size in bytes; 0 if it was not read
 * @param reason why it is left out; null if it is not
 */
record OwedFile(
        State state, String name, int size, @Nullable String reason) {

    enum State {
        /** Saved before the call: Jira may have the file. */
        SENDING,
        ATTACHED,
        LEFT_OUT
    }

    static OwedFile sending(String name, int size) {
        return new OwedFile(State.SENDING, name, size, null);
    }

    OwedFile attached() {
        return new OwedFile(State.ATTACHED, name, size, null);
    }

    static OwedFile leftOut(String name, String reason) {
        return new OwedFile(State.LEFT_OUT, name, 0, reason);
    }
}
