package io.faradaybridge.vulnerabilities;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The state of a vulnerability and its issue. */
enum LinkState {
    /** A decision could not be carried out; a user must remove the cause. */
    BLOCKED,
    /** Its change waits for a direction of the project that is switched off, or asks. */
    HELD,
    /** Its agreed pair is read again before anything else is done. */
    ADOPTING,
    /** An attempt failed; the time of the next one is set. */
    WAITING,
    /** A worker holds it at this moment. */
    IN_WORK,
    /** It was adopted with statuses that do not mean the same, and neither side has moved since. */
    DIFFERS_SINCE_ADOPTION,
    /** A side has moved or there is a new hint, and no look has followed yet. */
    CHANGED,
    /** Nothing is to be done, but both statuses are mapped and do not mean the same. */
    DIFFERS,
    /** Nothing is to be done, but one of the statuses has no mapping. */
    NOT_MAPPED,
    IN_STEP,
    /** Reserved or being sent to Jira. */
    EXPORTING,
    /** Sent to Jira, which may or may not have created the issue; a user must decide. */
    EXPORT_UNKNOWN,
    /** The issue of its key is linked to another vulnerability. */
    SHARED,
    /** Its key cannot be adopted. */
    NOT_ADOPTED,
    /** Its key has not been looked up in Jira yet. */
    TO_ADOPT,
    NOT_LINKED;

    /** Whether there is a link, in step or not. */
    boolean ofLink() {
        return switch (this) {
            case BLOCKED,
                    HELD,
                    ADOPTING,
                    WAITING,
                    IN_WORK,
                    DIFFERS_SINCE_ADOPTION,
                    CHANGED,
                    DIFFERS,
                    NOT_MAPPED,
                    IN_STEP -> true;
            case EXPORTING, EXPORT_UNKNOWN, SHARED, NOT_ADOPTED, TO_ADOPT, NOT_LINKED -> false;
        };
    }

    /** The name in the API, such as {@code in-step}. */
    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static LinkState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
