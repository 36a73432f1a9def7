package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.ProjectSwitches;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.answers.JiraProject;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.ProjectRenames;
import io.faradaybridge.setup.Completeness.Readiness;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Adds, activates and removes projects. */
@Component
class Projects {

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,254}");

    private final ConfigurationEditor row;
    private final JiraCatalogue catalogue;
    private final Completeness completeness;
    private final ProjectWork work;
    private final MappingGaps gaps;
    private final ProjectRenames renames;
    private final ProjectSwitches switches;

    Projects(
            ConfigurationEditor row,
            JiraCatalogue catalogue,
            Completeness completeness,
            ProjectWork work,
            MappingGaps gaps,
            ProjectRenames renames,
            ProjectSwitches switches) {
        this.row = row;
        this.catalogue = catalogue;
        this.completeness = completeness;
        this.work = work;
        this.gaps = gaps;
        this.renames = renames;
        this.switches = switches;
    }

    /** @param fresh whether it was not configured before */
    record Added(ProjectView project, boolean fresh) {}

    /**
     * The effect of removing a project.
     *
     * @param message the same as sentences
     * @param links links that stay as they are and are not worked on
     * @param queuedItems export items that were not sent yet and end as refused
     * @param sentItems export items whose issue may exist already; they are not worked on
     * @param batches the batches with these items
     * @param version the version of the row; null if nothing was changed
     */
    record Removal(
            String message,
            String project,
            boolean removed,
            long links,
            long queuedItems,
            long sentItems,
            long batches,
            @Nullable String version) {}

    /**
     * Adds a project, inactive, if it exists in Jira and the bridge's account may create issues there. A configured
     * project is not changed.
     */
    Added add(String key, Optional<String> basedOn, FaradayUser by) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidRequest(
                    "project", "'" + InvalidRequest.shown(key) + "' is not the key of a Jira project, such as SEC");
        }
        Opened opened = row.open(basedOn);
        Optional<String> known = opened.configured(key);
        if (known.isPresent()) {
            return new Added(view(opened, known.get(), List.of(), opened.version()), false);
        }
        JiraClient jira = catalogue.inTime();
        JiraProject project = catalogue.project(jira, key.toUpperCase(Locale.ROOT));
        catalogue.issueTypes(jira, project.key());
        renames.notice(project.id(), project.key()); // it may still be configured under a former key
        Opened now = row.look();
        known = now.configured(project.key()); // Jira also accepts a project's former key
        if (known.isPresent()) {
            return new Added(view(now, known.get(), List.of(), now.version()), false);
        }
        ObjectNode fresh = ConfigurationEditor.freshProject();
        opened.value().withObjectProperty("projects").set(project.key(), fresh);
        String version = row.save(opened, by, "projects." + project.key(), null, fresh);
        renames.learn(project);
        return new Added(view(opened, project.key(), List.of(), version), true);
    }

    /**
     * Activates or deactivates a project. The first active project also enables the integration.
     *
     * @throws InvalidRequest with what is missing before it can be active
     */
    ProjectView activate(String key, boolean active, Optional<String> basedOn, FaradayUser by) {
        Opened opened = row.open(basedOn);
        String configured = opened.requireProject(key);
        ObjectNode project = opened.project(configured);
        IntegrationSettings settings = opened.settings();
        ProjectSettings before = opened.projectSettings(configured);
        boolean first = settings.projects().values().stream()
                .noneMatch(other -> other.active() && !other.key().equals(before.key()));
        boolean enable = active && first && !settings.enabled();
        if (before.active() == active && project.path("active").isBoolean() && !enable) {
            return view(opened, configured, List.of(), opened.version());
        }
        List<String> warnings = active ? warningsOnceComplete(settings, before) : List.of();
        project.put("active", active);
        if (enable) {
            opened.value().put("enabled", true);
        }
        String version = row.save(
                opened,
                by,
                "projects." + configured + ".active" + (enable ? ", enabled" : ""),
                enable ? both(before.active(), false) : BooleanNode.valueOf(before.active()),
                enable ? both(true, true) : BooleanNode.valueOf(active));
        return view(opened, configured, warnings, version);
    }

    private static JsonNode both(boolean active, boolean enabled) {
        return JsonNodeFactory.instance.objectNode().put("active", active).put("enabled", enabled);
    }

    private List<String> warningsOnceComplete(IntegrationSettings settings, ProjectSettings project) {
        JiraClient jira = catalogue.inTime();
        List<String> missing = new ArrayList<>(completeness.missingInConnection(settings, jira));
        if (missing.isEmpty()) {
            missing.addAll(completeness.missing(project, jira));
        } else {
            missing.addAll(completeness.project(project).missing());
        }
        if (!missing.isEmpty()) {
            throw new InvalidRequest(Map.of("active", missing));
        }
        return gaps.of(List.of(project), jira);
    }

    /** @param confirmed if false, only reports the effect on links and exports */
    Removal remove(String key, boolean confirmed, Optional<String> basedOn, FaradayUser by) {
        Opened opened = row.open(basedOn);
        String configured = opened.requireProject(key);
        ProjectWork.OfProject found = work.of(configured.strip());
        if (!confirmed) {
            return new Removal(
                    "nothing was changed. " + consequences(configured, found)
                            + " Repeat with ?confirm=true to remove the project",
                    configured,
                    false,
                    found.links(),
                    found.queued(),
                    found.sent(),
                    found.batches(),
                    null);
        }
        JsonNode before = opened.value().path("projects").path(configured);
        opened.value().withObjectProperty("projects").remove(configured);
        if (opened.value().path("project_key").asText("").strip().equals(configured.strip())) {
            opened.value().remove("project_key"); // otherwise the old form would restore it
        }
        String reason = "project " + configured + " was removed from the configuration by " + by.username();
        String version = row.save(opened, by, "projects." + configured, before, null, () -> {
            work.refuseQueued(configured.strip(), reason, by.id());
            switches.forget(configured.strip());
        });
        return new Removal(
                consequences(configured, found),
                configured,
                true,
                found.links(),
                found.queued(),
                found.sent(),
                found.batches(),
                version);
    }

    private static String consequences(String key, ProjectWork.OfProject found) {
        return "Project " + key + " and its fields and status mapping are deleted. " + found.links()
                + " links stay as they are: the bridge does not keep their statuses in step until the project is"
                + " added and activated again. " + found.queued() + " export items not sent yet end as refused;"
                + " " + found.sent()
                + " whose issue may exist already wait until the project is added again. " + found.batches()
                + " batches are affected.";
    }

    /** @param version the version of the row after the change */
    ProjectView view(Opened opened, String configured, List<String> warnings, String version) {
        IntegrationSettings settings = opened.settings();
        ProjectSettings project = opened.projectSettings(configured);
        Readiness part = completeness.project(project);
        JsonNode shown =
                RedactedConfiguration.of(opened.value()).path("projects").path(configured);
        return new ProjectView(
                project.key(),
                project.active(),
                shown.path("ticket_config"),
                shown.path("attribute_mapping"),
                part.ready(),
                part.missing(),
                settings.problems().getOrDefault(project.key(), List.of()),
                warnings,
                settings.enabled(),
                version);
    }
}
