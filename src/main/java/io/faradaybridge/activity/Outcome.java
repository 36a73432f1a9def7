package io.faradaybridge.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of one change, as a row of the event log says it. */
public enum Outcome {
    /** Jira's change was written to Faraday. */
    APPLIED,
    /** Faraday's change was made in Jira. */
    DRIVEN,
    /** Both sides were found in step; only the pair was written. */
    SETTLED,
    /** Nothing to do, and why. */
    IGNORED,
    /** Both sides had changed; the project's policy decided. */
    CONFLICT,
    /** A person moved the issue between our look and our call. */
    OVERTAKEN,
    /** Cannot be carried out until something changes or a person replays. */
    BLOCKED,
    /** Is tried again by itself. */
    POSTPONED,
    /** An issue was created and linked. */
    EXPORTED,
    /** An issue that was there already was linked; nothing was changed on either side. */
    ADOPTED,
    /** A person took issue and vulnerability apart, or the vulnerability is gone; the issue stays as it is. */
    UNLINKED,
    /** Jira as a whole cannot be worked with; all work waits. */
    AWAY,
    /** Jira can be worked with again. */
    BACK,
    /** Jira or the bridge said no for good. */
    REFUSED,
    /** A message that nobody can use went to the dead letters. */
    DEAD,
    /**
     * A person sent a dead letter to its queue again, or a link that was blocked or waiting to work, or said which side a
     * link that differs follows.
     */
    REPLAYED,
    /** A person discarded a dead letter. */
    DISCARDED,
    /** Jira gave a project another key, and what hangs on it goes on under that one. */
    RENAMED;

    /** As the API says it. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
