package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.WebhookResults;
import io.faradaybridge.configuration.Agreement;
import io.faradaybridge.configuration.ExportRuleReport;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.ProjectWebhooks;
import io.faradaybridge.link.reports.LinkKinds;
import io.faradaybridge.link.reports.LinkReports;
import io.faradaybridge.setup.Completeness.Readiness;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.setup.steps.FirstSteps;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.KeptCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The integration as a whole: its configuration, its state, and its activation. */
@Component
class Integration {

    private static final Set<String> DOCUMENTED =
            Set.of("url", "consumer_key", "rsa_public_key", "authorization_state", "enabled", "projects");
    /** Keys that the view adds; a key of the row with such a name is not shown. */
    private static final Set<String> OURS = Set.of("readiness", "problems", "version");

    private final ConfigurationEditor row;
    private final Completeness completeness;
    private final JiraCatalogue catalogue;
    private final JiraAvailability availability;
    private final LinkReports links;
    private final LinkKinds kinds;
    private final ProjectWork work;
    private final MappingGaps gaps;
    private final WebhookResults webhooks;
    private final ProjectWebhooks projectWebhooks;
    private final Activity activity;
    private final ExportRuleReport exportRules;
    private final FirstSteps steps;
    private final KeptCounts<String, Counted> counts = new KeptCounts<>();

    Integration(
            ConfigurationEditor row,
            Completeness completeness,
            JiraCatalogue catalogue,
            JiraAvailability availability,
            LinkReports links,
            LinkKinds kinds,
            ProjectWork work,
            MappingGaps gaps,
            WebhookResults webhooks,
            ProjectWebhooks projectWebhooks,
            Activity activity,
            ExportRuleReport exportRules,
            FirstSteps steps) {
        this.row = row;
        this.completeness = completeness;
        this.catalogue = catalogue;
        this.availability = availability;
        this.links = links;
        this.kinds = kinds;
        this.work = work;
        this.gaps = gaps;
        this.webhooks = webhooks;
        this.projectWebhooks = projectWebhooks;
        this.activity = activity;
        this.exportRules = exportRules;
        this.steps = steps;
    }

    /**
     * @param warnings statuses that the active projects' mappings lack; empty if the integration was disabled
     * @param version the version of the row, to base the next change on
     */
    record Switched(boolean enabled, List<String> warnings, String version) {}

    SetupView view() {
        Opened opened = row.look();
        IntegrationSettings settings = opened.settings();
        ObjectNode shown = RedactedConfiguration.of(opened.value());
        Map<String, JsonNode> projects = new LinkedHashMap<>();
        shown.path("projects").properties().forEach(entry -> {
            if (entry.getValue() instanceof ObjectNode project) {
                settings.project(entry.getKey().strip()).ifPresent(known -> project.put("active", known.active()));
            }
            projects.put(entry.getKey(), entry.getValue());
        });
        Map<String, JsonNode> others = new LinkedHashMap<>();
        shown.properties().forEach(entry -> {
            if (!DOCUMENTED.contains(entry.getKey()) && !OURS.contains(entry.getKey())) {
                others.put(entry.getKey(), entry.getValue());
            }
        });
        return new SetupView(
                shown.path("url").asText("").strip(),
                settings.consumerKey(),
                shown.path("rsa_public_key").asText(""),
                settings.authorizationState(),
                settings.enabled(),
                projects,
                readiness(settings),
                settings.problems(),
                opened.version(),
                others);
    }

    private SetupView.SetupReadiness readiness(IntegrationSettings settings) {
        Readiness connection = completeness.connection(settings);
        Map<String, Readiness> projects = new LinkedHashMap<>();
        settings.projects().forEach((key, project) -> projects.put(key, completeness.project(project)));
        List<String> missing = new ArrayList<>();
        if (!connection.ready()) {
            missing.add("the connection is not ready");
        }
        boolean works = settings.projects().values().stream()
                .anyMatch(project -> project.active()
                        && projects.getOrDefault(project.key(), Readiness.of(List.of()))
                                .ready());
        if (!works) {
            missing.add("no complete project is active; activate one with PUT projects/KEY/active");
        }
        if (!settings.enabled()) {
            missing.add("the integration is disabled; enable it with PUT enabled");
        }
        Map<String, List<String>> lacks = new HashMap<>();
        projects.forEach((key, project) -> lacks.put(key, project.missing()));
        return new SetupView.SetupReadiness(
                missing.isEmpty(), List.copyOf(missing), connection, projects, steps.of(settings, lacks));
    }

    SetupStatus status() {
        Opened opened = row.look();
        IntegrationSettings settings = opened.settings();
        Map<String, String> versions = settings.mappingVersions();
        Counted counted = counts.get(
                opened.version(),
                () -> new Counted(links.counts(versions), kinds.summary(settings), activity.foundBySweepOnly()));
        ProjectWork.Items items = work.items();
        JiraAvailability.Report jira = availability.report();
        WebhookResults.Report received = webhooks.report();
        List<ExportRuleReport.State> rules = exportRules.states();
        return new SetupStatus(
                settings.enabled(),
                completeness.connection(settings).ready() && jira.since() == null,
                settings.projects().values().stream()
                        .filter(ProjectSettings::active)
                        .map(ProjectSettings::key)
                        .toList(),
                new SetupStatus.Jira(jira.since() == null, jira.since(), jira.reason()),
                new SetupStatus.Counts(
                        counted.links().links(),
                        counted.links().due(),
                        counted.links().blocked(),
                        counted.links().held(),
                        counted.links().waiting(),
                        counted.kinds().quiet(Agreement.IN_STEP),
                        counted.kinds().quiet(Agreement.DIFFERS),
                        counted.kinds().quiet(Agreement.NOT_MAPPED),
                        counted.kinds().unconfigured(),
                        items.queued(),
                        items.unknown(),
                        items.deadLetters(),
                        older(counted.links().oldestDue(), items.oldestDue())),
                new SetupStatus.Webhooks(
                        received.since(),
                        received.accepted(),
                        received.others(),
                        later(received.lastAt(), projectWebhooks.lastAccepted()),
                        counted.foundBySweepOnly()),
                rules.isEmpty() ? null : rules);
    }

    private record Counted(LinkReports.Counts links, LinkKinds.Summary kinds, long foundBySweepOnly) {}

    private static @Nullable Instant later(@Nullable Instant here, Optional<Instant> anywhere) {
        return Stream.of(Optional.ofNullable(here), anywhere)
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /**
     * Enables the integration only if it can work: Jira accepts the credentials and an active project is complete.
     *
     * @throws InvalidRequest with what is missing
     */
    Switched enable(boolean on, Optional<String> basedOn, FaradayUser by) {
        Opened opened = row.open(basedOn);
        IntegrationSettings settings = opened.settings();
        if (settings.enabled() == on && opened.value().path("enabled").isBoolean()) {
            return new Switched(on, List.of(), opened.version());
        }
        List<String> warnings = on ? warningsOnceWorkable(settings) : List.of();
        JsonNode before = opened.value().get("enabled");
        opened.value().put("enabled", on);
        return new Switched(on, warnings, row.save(opened, by, "enabled", before, BooleanNode.valueOf(on)));
    }

    private List<String> warningsOnceWorkable(IntegrationSettings settings) {
        JiraClient jira = catalogue.inTime();
        List<String> missing = new ArrayList<>(completeness.missingInConnection(settings, jira));
        List<ProjectSettings> active = settings.projects().values().stream()
                .filter(ProjectSettings::active)
                .toList();
        if (active.isEmpty()) {
            missing.add("no project is active; activate one with PUT projects/KEY/active");
        }
        if (missing.isEmpty()) {
            for (ProjectSettings project : active) {
                List<String> ofProject = missing(project, jira);
                if (ofProject.isEmpty()) {
                    return gaps.of(active, jira);
                }
                missing.addAll(ofProject);
            }
        }
        throw new InvalidRequest(Map.of("enabled", missing));
    }

    /** A missing permission to create issues in the project also counts as missing. */
    private List<String> missing(ProjectSettings project, JiraClient jira) {
        try {
            return completeness.missing(project, jira);
        } catch (InvalidRequest refusal) {
            return refusal.fields().values().stream().flatMap(List::stream).toList();
        }
    }
}
