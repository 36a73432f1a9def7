package io.faradaybridge.sandbox.jira;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Ways in which recorded answers of real Jira servers differ from the documentation. None is on unless asked for. */
public final class Oddities {

    /** One of them. */
    public enum Oddity {
        /** Transitions do not say where they lead. */
        TRANSITION_WITHOUT_TO,
        /** A transition id that is not offered is answered with 500 instead of 400. */
        INVALID_TRANSITION_IS_500,
        /** The account's language is German, and so are the names of statuses. */
        LOCALISED_STATUSES,
        /** The create metadata of Jira before 8.4: all in one call, nothing page by page. */
        CREATE_META_BEFORE_84,
        /** Every page of a search says that it is the last, beside the token of the next. */
        SEARCH_PAGES_ALL_LAST,
        /** Every page of a search names the first as the next. */
        SEARCH_TOKEN_REPEATS,
        /** Of several issues that are asked for together half are among the errors, and one that nobody asked for comes too. */
        SEVERAL_ISSUES_IN_PART,
        /** A proxy takes out what would tell to whom an answer was given. */
        IDENTITY_WITHHELD,
        /** Writing often to one issue is limited, as on Cloud: 20 in 2 s. */
        WRITES_PER_ISSUE_LIMITED
    }

    private static final Map<String, String> GERMAN = Map.of(
            "To Do", "Zu erledigen",
            "In Progress", "In Arbeit",
            "In Review", "Wird überprüft",
            "Done", "Fertig",
            "Open", "Offen",
            "Closed", "Geschlossen");

    private final Set<Oddity> on = EnumSet.noneOf(Oddity.class);

    public synchronized void enable(Oddity oddity) {
        on.add(oddity);
    }

    public synchronized void disable(Oddity oddity) {
        on.remove(oddity);
    }

    synchronized void clear() {
        on.clear();
    }

    public synchronized boolean has(Oddity oddity) {
        return on.contains(oddity);
    }

    Status status(Status status) {
        return has(Oddity.LOCALISED_STATUSES)
                ? new Status(status.id(), GERMAN.getOrDefault(status.name(), status.name()), status.category())
                : status;
    }
}
