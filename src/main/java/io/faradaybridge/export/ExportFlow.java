package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.export.ExportLinking.Created;
import io.faradaybridge.export.data.VulnerabilityView;
import io.faradaybridge.faraday.VulnerabilityIdentities;
import io.faradaybridge.faraday.VulnerabilityIdentity;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.BulkResult;
import io.faradaybridge.jira.answers.CreatedIssue;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.template.TemplateFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The steps of an export, called by name from {@code routes/export.yaml}: claim, ask for the screen, join, draft, send,
 * evaluate the answer.
 */
@Component("exportFlow")
public class ExportFlow {

    /** What Jira says of each issue that it refuses, whatever the answer of the whole call is. */
    private static final int BAD_REQUEST = 400;

    private final ExportItems items;
    private final ExportLinking linking;
    private final VulnerabilityView view;
    private final VulnerabilityIdentities identities;
    private final IssueDrafts issueDrafts;
    private final IntegrationConfigurationSource configuration;
    private final ExportScreens screens;
    private final JiraRequests requests;
    private final JiraAvailability availability;
    private final ProjectRenames renames;
    private final ExportEnds ends;
    private final ApplicationEventPublisher events;

    ExportFlow(
            ExportItems items,
            ExportLinking linking,
            VulnerabilityView view,
            VulnerabilityIdentities identities,
            IssueDrafts issueDrafts,
            IntegrationConfigurationSource configuration,
            ExportScreens screens,
            JiraRequests requests,
            JiraAvailability availability,
            ProjectRenames renames,
            ExportEnds ends,
            ApplicationEventPublisher events) {
        this.items = items;
        this.linking = linking;
        this.view = view;
        this.identities = identities;
        this.issueDrafts = issueDrafts;
        this.configuration = configuration;
        this.screens = screens;
        this.requests = requests;
        this.availability = availability;
        this.renames = renames;
        this.ends = ends;
        this.events = events;
    }

    /** Up to 50 reserved items of one project and issue type. */
    public void claim(Exchange exchange) {
        claim(exchange, atWork -> items.claimReserved(configuration.current().exportingKeys()));
    }

    /** Items whose issue exists but whose link was never saved. */
    public void claimCreated(Exchange exchange) {
        claim(exchange, items::claimCreated);
    }

    /** Items whose issue may exist and must be looked for now. */
    public void claimUnanswered(Exchange exchange) {
        claim(exchange, items::claimUnanswered);
    }

    /**
     * Puts the chunk into the variable where the error policy finds it. Without that variable afterwards there is
     * nothing to do. The lines of the log name the correlation id of the first item.
     */
    private void claim(Exchange exchange, Function<List<String>, Optional<ExportChunk>> due) {
        ExportChunk chunk = availability.available()
                ? due.apply(List.copyOf(configuration.current().keysAtWork())).orElse(null)
                : null;
        exchange.setVariable("chunk", chunk);
        if (chunk != null) {
            exchange.getMessage()
                    .setHeader(Exchange.BREADCRUMB_ID, chunk.items().get(0).correlationId());
        }
    }

    /**
     * Asks Jira once for each chunk, so that an outage of Jira fails the chunk once and not fifty drafts.
     *
     * @throws JiraFailure if Jira does not return the fields of an issue of that type
     */
    public IssueScreen screen(ExportChunk chunk) {
        return screens.of(chunk);
    }

    /**
     * Joins items with their rows of the enrichment SQL. The item of a deleted vulnerability ends.
     *
     * @param rows one map for each vulnerability, as camel-jdbc returns it
     */
    public List<EnrichedItem> join(ExportChunk chunk, List<Map<String, Object>> rows) {
        Map<Integer, Map<String, Object>> views = view.read(rows);
        Map<Integer, VulnerabilityIdentity> known = identities.of(views.keySet());
        List<EnrichedItem> enriched = new ArrayList<>();
        for (ExportItem item : chunk.items()) {
            Map<String, Object> model = views.get(item.vulnerabilityId());
            if (model == null) {
                refuse(chunk, item, "the vulnerability was deleted in Faraday before it was exported", null);
            } else {
                enriched.add(new EnrichedItem(item, model, known.get(item.vulnerabilityId())));
            }
        }
        return enriched;
    }

    /**
     * One item's issue: fields by the project's configuration and Jira's create metadata, or the problems with them.
     *
     * @param summary the text of the operator's file, or why it cannot be rendered ({@link Unrendered}); null if the
     *     project has its own template
     * @param description likewise; null also if the create screen has no Description
     */
    public IssueDraft draft(
            EnrichedItem enriched, IssueScreen screen, @Nullable Object summary, @Nullable Object description) {
        return issueDrafts.of(enriched, screen, summary, description);
    }

    /** Called by the flow if a template file failed: only the items that need it end with this reason. */
    public Unrendered unrendered(String file, Exception failure) {
        return new Unrendered(file, TemplateFiles.reason(failure));
    }

    /**
     * The issues of one creating call.
     *
     * @param markedAt by {@link System#nanoTime}, just before the items were saved as sent
     */
    public record Sending(List<IssueDraft> drafts, long markedAt) {

        /** Read by the flow. */
        public int size() {
            return drafts.size();
        }
    }

    /**
     * Ends items that cannot be sent, saves the others as being sent (E2, E3), and returns those whose lease is still
     * held.
     */
    public Sending sending(ExportChunk chunk, List<IssueDraft> drafts) {
        List<IssueDraft> possible = new ArrayList<>();
        for (IssueDraft draft : drafts) {
            draft.refusal()
                    .ifPresentOrElse(reason -> refuse(chunk, draft.item(), reason, null), () -> possible.add(draft));
        }
        long now = System.nanoTime();
        if (possible.isEmpty()) {
            return new Sending(List.of(), now);
        }
        Set<Long> ours = new HashSet<>(items.sending(
                chunk,
                possible.stream().map(draft -> draft.item().id()).toList(),
                possible.get(0).labelled()));
        return new Sending(
                possible.stream()
                        .filter(draft -> ours.contains(draft.item().id()))
                        .toList(),
                now);
    }

    /** The creating call, each issue with its marker and its vulnerability as a property. */
    public JiraRequest request(Sending sending) {
        return requests.createIssues(
                        sending.drafts().stream().map(ExportFlow::issue).toList())
                .madeAt(sending.markedAt());
    }

    /** One issue in the form of the creating call. */
    public static ObjectNode issue(IssueDraft draft) {
        ObjectNode issue = JsonNodeFactory.instance.objectNode();
        issue.set("fields", draft.fields());
        ObjectNode value = issue.putArray("properties")
                .addObject()
                .put("key", JiraRequests.MARKER_PROPERTY)
                .putObject("value")
                .put("marker", draft.item().marker().toString());
        VulnerabilityIdentity identity = draft.identity();
        if (identity != null) {
            identity.writeTo(value);
        }
        return issue;
    }

    /** Saves the evidence first (E5), then links the issues. Items that Jira refused end with Jira's own message. */
    public void created(ExportChunk chunk, Sending sending, JiraAnswer answer) {
        List<IssueDraft> drafts = sending.drafts();
        BulkResult result = JiraReader.bulk(answer.body(), drafts.size());
        if (result.created().isEmpty() && renames.isRenamed(chunk.projectKey())) {
            items.backToReserved(
                    chunk, Duration.ZERO, false, "the project has another key; the item will be sent again");
            return;
        }
        Map<Long, CreatedIssue> issues = new LinkedHashMap<>();
        Map<Long, String> remarks = new LinkedHashMap<>();
        result.created().forEach((position, issue) -> {
            IssueDraft draft = drafts.get(position);
            issues.put(draft.item().id(), issue);
            draft.remark().ifPresent(remark -> remarks.put(draft.item().id(), remark));
        });
        items.exist(issues, remarks);
        refused(chunk, drafts, result, answer);
        linking.link(result.created().entrySet().stream()
                .map(created -> {
                    ExportItem item = drafts.get(created.getKey()).item();
                    return new Created(item, created.getValue(), request(item, answer));
                })
                .toList());
        result.created().forEach((position, issue) -> {
            IssueDraft draft = drafts.get(position);
            events.publishEvent(new IssueCreated(
                    draft.item().projectKey(), draft.item().vulnerabilityId(), issue.id(), draft.fields()));
        });
    }

    /** An item that was drafted for an outdated screen is drafted again, since it was certainly not created. */
    private void refused(ExportChunk chunk, List<IssueDraft> drafts, BulkResult result, JiraAnswer answer) {
        Map<Integer, String> errors = result.errors();
        if (errors.isEmpty()) {
            return;
        }
        if (screens.changed(chunk, result.refusedFields())) {
            List<ExportItem> again = errors.keySet().stream()
                    .map(position -> drafts.get(position).item())
                    .toList();
            items.backToReserved(
                    chunk.only(again),
                    Duration.ZERO,
                    false,
                    "the create screen has changed since the issue was drafted, so Jira refused it; it will be"
                            + " drafted again");
            return;
        }
        errors.forEach((position, message) -> {
            ExportItem item = drafts.get(position).item();
            IssueRequest sent = request(item, answer);
            refuse(chunk, item, message, sent == null ? null : sent.refused(BAD_REQUEST, message));
        });
    }

    /** Links items whose issue is known to exist. */
    public void linkCreated(ExportChunk chunk) {
        linking.linkLate(chunk.items().stream()
                .map(item -> new Created(
                        item,
                        new CreatedIssue(
                                Objects.requireNonNull(item.issueId()), Objects.requireNonNull(item.issueKey())),
                        null))
                .toList());
    }

    private static @Nullable IssueRequest request(ExportItem item, JiraAnswer answer) {
        return item.within(IssueRequest.of(item.vulnerabilityId(), answer));
    }

    private void refuse(ExportChunk chunk, ExportItem item, String reason, @Nullable IssueRequest request) {
        if (items.refuse(chunk, item, reason)) {
            ends.refused(item, reason, request);
        }
    }
}
