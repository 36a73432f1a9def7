package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the integration does, small enough to be asked often.
 *
 * @param connected an address and credentials are there, nobody said that they are refused, and Jira is not away
 * @param projects keys of the active ones
 */
@JsonNaming(SnakeCaseStrategy.class)
record SetupStatus(
        boolean enabled, boolean connected, List<String> projects, Jira jira, Counts counts, Webhooks webhooks) {

    /**
     * As this process sees it.
     *
     * @param awaySince null while it answers
     * @param reason why it is away, in words; else empty
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Jira(boolean available, @Nullable Instant awaySince, String reason) {}

    /**
     * As this process saw them.
     *
     * @param since when it started
     * @param refused by reason, such as {@code wrong-token} or {@code not-json}; {@code not-permitted} was answered 202 and
     *     counts for nothing
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Webhooks(Instant since, long accepted, Map<String, Long> refused) {}

    /**
     * @param links in force
     * @param due links to be worked on now
     * @param blocked links that wait for a change or for a person
     * @param waiting links that wait for their next attempt
     * @param inStep links at rest whose two statuses mean the same by the project's mapping
     * @param differs links at rest whose statuses are both mapped, to something else than the other side shows
     * @param notMapped links at rest of whose statuses one means nothing to the other side
     * @param unconfigured links whose project is not configured, by the project's key; nothing is done about them
     * @param queuedItems export items on their way
     * @param unknownItems export items whose outcome a person has to find out
     * @param deadLetters messages that nobody could use
     * @param oldestDue since when the oldest link or item could have been worked on; null: nothing is behind
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Counts(
            long links,
            long due,
            long blocked,
            long waiting,
            long inStep,
            long differs,
            long notMapped,
            Map<String, Long> unconfigured,
            long queuedItems,
            long unknownItems,
            long deadLetters,
            @Nullable Instant oldestDue) {}
}
