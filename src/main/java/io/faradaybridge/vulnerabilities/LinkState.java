package io.faradaybridge.vulnerabilities;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a vulnerability stands to its issue. */
enum LinkState {
    /** A decision could not be carried out; a person has to look. */
    BLOCKED,
    /** Its pair is read anew before anything else is done. */
    ADOPTING,
    /** Tried again at a time that is set. */
    WAITING,
    /** Somebody works on it at this moment. */
    IN_WORK,
    /** Adopted with statuses that do not mean the same, and not moved since. */
    DIFFERS_SINCE_ADOPTION,
    /** A side has moved or gave a sign, and nobody has looked yet. */
    CHANGED,
    /** Both sides rest on statuses that are mapped to something else than the other one shows. */
    DIFFERS,
    /** Both sides rest, and one of the statuses means nothing to the other side. */
    NOT_MAPPED,
    IN_STEP,
    /** Reserved or being sent to Jira. */
    EXPORTING,
    /** Sent to Jira, which may have created the issue or not: a person has to say. */
    EXPORT_UNKNOWN,
    /** Its key's issue has its one link to another vulnerability. */
    SHARED,
    /** Its key is one that cannot be adopted. */
    NOT_ADOPTED,
    /** Its key has not been looked up in Jira yet. */
    TO_ADOPT,
    NOT_LINKED;

    /** There is a link, which is in step or not. */
    boolean ofLink() {
        return switch (this) {
            case BLOCKED, ADOPTING, WAITING, IN_WORK, DIFFERS_SINCE_ADOPTION, CHANGED, DIFFERS, NOT_MAPPED, IN_STEP ->
                true;
            case EXPORTING, EXPORT_UNKNOWN, SHARED, NOT_ADOPTED, TO_ADOPT, NOT_LINKED -> false;
        };
    }

    /** As the API says it, such as {@code in-step}. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static LinkState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
