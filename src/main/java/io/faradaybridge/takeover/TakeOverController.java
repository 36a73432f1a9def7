package io.faradaybridge.takeover;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.Ownership;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.AdoptedLinks;
import io.faradaybridge.link.reports.AdoptionReports;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API's take-over: an administrator lets the bridge work instead of another integration, or lets it observe again.
 */
@RestController
@RequestMapping("/_api/v3/integrations/jira/take-over")
class TakeOverController {

    /** Other systems that work on the same vulnerabilities and issues and would undo or repeat the bridge's changes. */
    private static final List<String> SWITCH_OFF = List.of(
            "In Faraday, Settings > Ticketing Tools > Jira: the slider of Faraday's own Jira integration. It reads the"
                    + " same configuration as the bridge, which enables it again. So also revoke in Jira the OAuth"
                    + " token or Application Link of Faraday's own integration.",
            "In Jira, the Automation rule (or webhook) that posts to Faraday's "
                    + ApiTerms.WEBHOOK_PATH
                    + ": let it post to the bridge instead, or let the"
                    + " reverse proxy send that path to the bridge.",
            "In Faraday, scheduled jobs, workflows and scripts that export vulnerabilities to Jira or change statuses"
                    + " after Jira's: stop them, or let them use the bridge's queues and API.");

    private final Ownership ownership;
    private final AdoptionReports reports;
    private final AdoptedLinks links;
    private final IntegrationConfigurationSource configuration;
    private final SetupAudit audit;
    private final TransactionOperations transaction;
    private final ProducerTemplate camel;

    TakeOverController(
            Ownership ownership,
            AdoptionReports reports,
            AdoptedLinks links,
            IntegrationConfigurationSource configuration,
            SetupAudit audit,
            TransactionOperations transaction,
            ProducerTemplate camel) {
        this.ownership = ownership;
        this.reports = reports;
        this.links = links;
        this.configuration = configuration;
        this.audit = audit;
        this.transaction = transaction;
        this.camel = camel;
    }

    /**
     * @param why the reason for observing or not
     * @param fixed whether the operator's setting decides this, so that the API cannot change it
     * @param decidedBy the user who took over or went back to observing; null if nobody has
     * @param switchOff what to switch off in the other integration before taking over; empty if the bridge does not
     *     observe
     * @param links active links of active projects, which the bridge works on or would work on
     * @param differing links of all projects with statuses that do not mean the same
     * @param waiting links whose pair must be read again before anything is done with them
     */
    record Report(
            boolean observing,
            String why,
            boolean fixed,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            List<String> switchOff,
            long links,
            long differing,
            long waiting) {}

    record TakeOverRequest(@Schema(description = CONFIRM) boolean confirm) {
        private static final String CONFIRM =
                "true: from then on the bridge writes to Faraday and Jira; switch the other integration off first";

        TakeOverRequest {
            if (!confirm) {
                throw new InvalidRequest("confirm", "must be " + CONFIRM);
            }
        }
    }

    @GetMapping
    @Operation(summary = "Show whether the bridge observes, and why")
    @PreAuthorize("hasAuthority('jira:read')")
    Report show() {
        Ownership.ObserveState state = ownership.state();
        Optional<Ownership.Decided> decided = ownership.decided();
        IntegrationSettings settings = configuration.current();
        AdoptionReports.AtWork work = reports.atWork(settings.projects().values().stream()
                .filter(ProjectSettings::active)
                .map(ProjectSettings::key)
                .toList());
        return new Report(
                state.observing(),
                state.why(),
                state.fixed(),
                decided.map(Ownership.Decided::username).orElse(null),
                decided.map(Ownership.Decided::at).orElse(null),
                state.observing() ? SWITCH_OFF : List.of(),
                work.links(),
                work.differing(),
                work.waiting());
    }

    /**
     * Body {@code {"confirm": true}}. The bridge works from now on. It first reads every pair again, so that it neither
     * repeats nor undoes changes from the time of observing.
     */
    @PostMapping
    @Operation(summary = "Put an observing bridge to work")
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('integrations_auth:create')")
    Report takeOver(@RequestBody TakeOverRequest request, FaradayUser user) {
        decide(true, user);
        camel.sendBody(AdoptedLinks.LOOK_FOR_MORE, "");
        return show();
    }

    /** Lets the bridge observe again until the next take-over. */
    @DeleteMapping
    @Operation(summary = "Go back to observing")
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('integrations_auth:create')")
    Report goBackToObserving(FaradayUser user) {
        decide(false, user);
        return show();
    }

    private void decide(boolean ours, FaradayUser user) {
        Ownership.ObserveState before = ownership.state();
        if (before.fixed() && before.observing() == ours) {
            throw ErrorAnswers.conflict("nothing was changed, since " + before.why()
                    + "; the operator can set it to auto and restart the bridge");
        }
        transaction.executeWithoutResult(status -> {
            ownership.decide(ours, user.id(), user.username());
            if (ours && before.observing()) {
                links.allDue();
            }
            audit.record(
                    user.id(),
                    user.username(),
                    "take_over",
                    JsonNodeFactory.instance.objectNode().put("observing", before.observing()),
                    JsonNodeFactory.instance.objectNode().put("observing", !ours));
        });
        configuration.changed();
    }
}
