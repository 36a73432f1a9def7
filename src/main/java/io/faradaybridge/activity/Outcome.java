package io.faradaybridge.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of one change: the column {@code outcome} of the event log. */
public enum Outcome {
    /** Jira's change was written to Faraday. */
    APPLIED,
    /** Faraday's change was made in Jira. */
    DRIVEN,
    /** Both sides were found in step; only the pair was written. */
    SETTLED,
    /** There was nothing to do; the detail says why. */
    IGNORED,
    /** Both sides had changed; the project's policy decided. */
    CONFLICT,
    /** A person moved the issue between the bridge's look and its call. */
    OVERTAKEN,
    /** The decision cannot be carried out until something changes or a person replays the link. */
    BLOCKED,
    /** The attempt failed and is repeated by itself. */
    POSTPONED,
    /** An issue was created and linked. */
    EXPORTED,
    /** An existing issue was linked; nothing was changed on either side. */
    ADOPTED,
    /** A person ended the link, or the vulnerability was deleted; the issue stays as it is. */
    UNLINKED,
    /** Jira as a whole cannot be worked with; all work waits. */
    AWAY,
    /** Jira can be worked with again. */
    BACK,
    /** Jira or the bridge refused; there is no further attempt. */
    REFUSED,
    /** A message that cannot be used became a dead letter. */
    DEAD,
    /**
     * A person replayed a dead letter or a link that was blocked or waiting, or chose which side a link that differs
     * follows.
     */
    REPLAYED,
    /** A person discarded a dead letter or a refused export, or has seen a conflict. */
    DISCARDED,
    /** Jira gave a project another key; its links and exports use the new key. */
    RENAMED;

    /** The name in the API. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
