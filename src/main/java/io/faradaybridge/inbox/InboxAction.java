package io.faradaybridge.inbox;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a person can do about rows of the inbox; each list has some of them. */
public enum InboxAction {
    REPLAY,
    DISCARD,
    SEND_AGAIN,
    CREATE_AGAIN,
    GIVE_UP,
    FOLLOW_JIRA,
    FOLLOW_FARADAY;

    /** The name in the API. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
