package io.faradaybridge.setup;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.configuration.ExportRuleReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of the integration, small enough for frequent calls.
 *
 * @param connected whether address and credentials are set, the credentials are not known to be refused, and Jira is
 *     not away
 * @param projects the keys of the active projects
 * @param exportRules the enabled export rules; null if there is none
 */
record SetupStatus(
        boolean enabled,
        boolean connected,
        List<String> projects,
        Jira jira,
        Counts counts,
        Webhooks webhooks,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ExportRuleReport.State> exportRules) {

    /**
     * Jira's availability, as far as this process knows.
     *
     * @param awaySince null while it is available
     * @param reason why it is away; otherwise empty
     */
    record Jira(boolean available, @Nullable Instant awaySince, String reason) {}

    /**
     * The webhooks that this process received.
     *
     * @param since when it started
     * @param refused by reason, such as {@code wrong-token} or {@code not-json}; {@code not-permitted} was answered 202
     *     and ignored
     * @param lastAt when the last one was accepted, by any process exact to a minute; null if there was none
     * @param foundBySweepOnly changes in Jira within the last 24 hours that the sweep found and no webhook told
     */
    record Webhooks(
            Instant since,
            long accepted,
            Map<String, Long> refused,
            @Nullable Instant lastAt,
            long foundBySweepOnly) {}

    /**
     * @param links active links
     * @param due links that must be worked on now
     * @param blocked links that wait for a change or a replay
     * @param held links whose change waits for a direction that is switched off, or asks
     * @param waiting links that wait for their next attempt
     * @param inStep idle links whose two statuses mean the same by the project's mapping
     * @param differs idle links whose statuses are both mapped but do not mean the same
     * @param notMapped idle links with a status that has no mapping
     * @param unconfigured links of projects that are not configured, by the project's key; they are not worked on
     * @param queuedItems export items that are not finished
     * @param unknownItems unknown export items, which a user must resolve
     * @param deadLetters dead letters that are neither replayed nor discarded
     * @param oldestDue since when the oldest link or item is due; null if none is
     */
    record Counts(
            long links,
            long due,
            long blocked,
            long held,
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
