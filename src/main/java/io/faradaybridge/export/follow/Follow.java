package io.faradaybridge.export.follow;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.export.ExportChunk;
import io.faradaybridge.export.ExportScreens;
import io.faradaybridge.export.IssueCreated;
import io.faradaybridge.export.IssueDraft;
import io.faradaybridge.export.IssueScreen;
import io.faradaybridge.export.follow.FollowedChanges.Target;
import io.faradaybridge.export.follow.FollowedChanges.Wanted;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.VulnerabilityNamed;
import io.faradaybridge.web.CorrelationId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Finds links whose vulnerabilities have changed, and renders them with the flow that exports them. */
@Component
class Follow {

    private static final int AT_ONCE = 50;

    private final IntegrationConfigurationSource configuration;
    private final JiraAvailability availability;
    private final TemplateVersion templates;
    private final FollowedRows rows;
    private final FollowSearch search;
    private final Vulnerabilities vulnerabilities;
    private final ExportScreens screens;
    private final FollowedChanges changes;
    private final RemoteLinks remoteLinks;
    private final ProducerTemplate camel;

    Follow(
            IntegrationConfigurationSource configuration,
            JiraAvailability availability,
            TemplateVersion templates,
            FollowedRows rows,
            Vulnerabilities vulnerabilities,
            ExportScreens screens,
            FollowedChanges changes,
            RemoteLinks remoteLinks,
            ProducerTemplate camel) {
        this.configuration = configuration;
        this.availability = availability;
        this.templates = templates;
        this.rows = rows;
        this.search = new FollowSearch(rows, System::nanoTime);
        this.vulnerabilities = vulnerabilities;
        this.screens = screens;
        this.changes = changes;
        this.remoteLinks = remoteLinks;
        this.camel = camel;
    }

    /** Leased links of one project and issue type. */
    record Batch(ProjectSettings project, String issueType, String settings, List<FollowedLink> links) {}

    @EventListener
    void named(VulnerabilityNamed named) {
        if (named.linked() && !following().isEmpty()) {
            rows.name(named.vulnerabilityId());
        }
    }

    @EventListener
    void created(IssueCreated issue) {
        ProjectSettings project = following().get(issue.projectKey());
        if (project != null) {
            Map<String, FollowedField> fields = new LinkedHashMap<>();
            issue.fields()
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), FollowedField.NEW.sent(field.getValue(), null)));
            rows.created(issue.vulnerabilityId(), issue.issueId(), fields, remoteLinks.wanted(project));
        }
    }

    /** Called by the route. */
    List<Batch> due() throws IOException {
        Map<String, ProjectSettings> projects = following();
        if (projects.isEmpty() || !availability.available()) {
            return List.of();
        }
        String files = templates.present();
        Map<String, String> versions = new LinkedHashMap<>();
        projects.forEach((key, project) -> versions.put(
                key, project.followVersion() + files + (remoteLinks.wanted(project) ? remoteLinks.version() : "")));
        Set<Long> due = search.next(versions, AT_ONCE);
        Map<List<String>, List<FollowedLink>> groups = due.isEmpty()
                ? Map.of()
                : rows.lease(due, versions).stream()
                        .collect(Collectors.groupingBy(
                                link -> List.of(link.projectKey(), link.issueType()),
                                LinkedHashMap::new,
                                Collectors.toList()));
        List<Batch> batches = new ArrayList<>();
        groups.forEach((place, links) -> {
            ProjectSettings project = Objects.requireNonNull(projects.get(place.get(0)));
            String version = Objects.requireNonNull(versions.get(project.key()));
            batches.add(new Batch(project, place.get(1), version, links));
        });
        return batches;
    }

    /** Called by the route for each batch. */
    void bring(Batch batch) {
        CorrelationId.begin("follow");
        Map<Integer, VulnerabilityState> found = vulnerabilities.findById(
                batch.links().stream().map(FollowedLink::vulnerabilityId).toList());
        ProjectSettings project = batch.project();
        boolean renders = !project.follow().isEmpty();
        IssueFields fields = null;
        Map<Integer, IssueDraft> drafts = Map.of();
        if (renders) {
            ExportChunk chunk = ExportChunk.previewed(found.values(), project.key(), batch.issueType());
            try {
                IssueScreen screen = screens.of(chunk);
                fields = screen.fields();
                drafts = IssueDraft.byFlow(camel, chunk, screen);
            } catch (JiraFailure failure) {
                batch.links().forEach(link -> changes.later(link, failure));
                return;
            }
        }
        for (FollowedLink link : batch.links()) {
            VulnerabilityState vulnerability = found.get(link.vulnerabilityId());
            IssueDraft draft = drafts.get(link.vulnerabilityId());
            if (vulnerability == null || (renders && draft == null)) {
                continue; // deleted meanwhile, which ends the link
            }
            changes.bring(
                    link,
                    new Target(
                            batch.settings(),
                            draft == null ? List.of() : wanted(project.follow(), fields, draft),
                            draft == null ? "" : problems(draft),
                            remoteLinks.wanted(project) ? remoteLinks.of(vulnerability) : null));
        }
    }

    private static String problems(IssueDraft draft) {
        return draft.problems().entrySet().stream()
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .collect(Collectors.joining("; "));
    }

    /** A field without a value is not cleared in Jira. */
    private static List<Wanted> wanted(List<String> follow, @Nullable IssueFields fields, IssueDraft draft) {
        List<Wanted> wanted = new ArrayList<>();
        for (String name : follow) {
            if (fields != null) {
                fields.field(name).ifPresent(field -> {
                    JsonNode value = draft.fields().get(field.fieldId());
                    if (value != null && !value.isNull()) {
                        wanted.add(new Wanted(field, value));
                    }
                });
            }
        }
        return wanted;
    }

    private Map<String, ProjectSettings> following() {
        IntegrationSettings settings = configuration.current();
        return settings.projectsAtWork(project -> (!project.follow().isEmpty() || remoteLinks.wanted(project))
                && settings.open(project.key(), Direction.FARADAY_TO_JIRA));
    }
}
