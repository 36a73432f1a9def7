package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.ExportRule;
import io.faradaybridge.configuration.ExportRuleReport;
import io.faradaybridge.configuration.ExportRuleReport.Matches;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.faraday.Workspaces;
import io.faradaybridge.faraday.Workspaces.Workspace;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves export rules. A rule is enabled only by a user who knows how many vulnerabilities it exports. */
@Component
class SavedExportRules {

    /**
     * A project's export rule and what it would export.
     *
     * @param exportRule as it is stored or would be
     * @param wouldExport the number of vulnerabilities that it matches now; null if it was not counted
     * @param vulnerabilities the first hundred of them, without those in workspaces that the caller may not enter
     * @param saved whether the rule is stored so
     * @param message what was done or is to do, as sentences
     * @param warnings probable mistakes in the rule
     * @param version the version of the row
     */
    record ExportRuleView(
            String project,
            JsonNode exportRule,
            @Nullable Long wouldExport,
            List<Match> vulnerabilities,
            boolean saved,
            String message,
            List<String> warnings,
            String version) {

        record Match(int vulnerabilityId, String name, String severity, String status, String workspace) {}
    }

    private final ConfigurationEditor row;
    private final ExportRuleReport report;
    private final Workspaces workspaces;
    private final Vulnerabilities vulnerabilities;
    private final FaradayUsers users;

    SavedExportRules(
            ConfigurationEditor row,
            ExportRuleReport report,
            Workspaces workspaces,
            Vulnerabilities vulnerabilities,
            FaradayUsers users) {
        this.row = row;
        this.report = report;
        this.workspaces = workspaces;
        this.vulnerabilities = vulnerabilities;
        this.users = users;
    }

    /** @param request null: the saved rule */
    ExportRuleView preview(String key, @Nullable ExportRuleRequest request, FaradayUser by) {
        Opened opened = row.look();
        ProjectSettings saved = opened.projectSettings(opened.requireProject(key));
        Set<Integer> enterable = users.enterable(by.id());
        ExportRule rule = request == null ? saved.exportRule() : request.rule(saved, names(enterable));
        ProjectSettings project = saved.with(rule);
        Matches matches = report.matches(project);
        return view(
                project,
                opened.version(),
                matches,
                enterable,
                rule.equals(saved.exportRule()),
                "nothing was exported. The rule matches " + matches.count()
                        + " vulnerabilities now; to enable it, send it with \"enabled\": true and \"confirm\": "
                        + matches.count(),
                opened);
    }

    /** @throws InvalidRequest with each field that is wrong */
    ExportRuleView save(String key, ExportRuleRequest request, Optional<String> basedOn, FaradayUser by) {
        Opened opened = row.open(basedOn);
        String configured = opened.requireProject(key);
        ProjectSettings before = opened.projectSettings(configured);
        Set<Integer> enterable = users.enterable(by.id());
        ExportRule rule = request.rule(before, names(enterable));
        ProjectSettings project = before.with(rule);
        boolean asks = rule.enabled()
                && !(before.exportRule().enabled() && before.exportRule().matchesAs(rule));
        Matches matches = asks ? report.matches(project) : null;
        if (matches != null && !Long.valueOf(matches.count()).equals(request.confirm())) {
            return view(project, opened.version(), matches, enterable, false, refusal(request, matches), opened);
        }
        String version = row.set(opened, by, configured, ExportRule.KEY, rule.stored());
        String message = rule.enabled()
                ? "the rule is enabled and exports at most " + rule.limitPerHour() + " vulnerabilities an hour"
                : "the rule is saved and not enabled";
        return view(project, version, matches, enterable, true, message, opened);
    }

    private static String refusal(ExportRuleRequest request, Matches matches) {
        return "nothing was saved: the rule would export " + matches.count() + " vulnerabilities now"
                + (request.confirm() == null ? "" : ", not " + request.confirm())
                + ". Repeat with \"confirm\": " + matches.count() + " to enable it";
    }

    private ExportRuleView view(
            ProjectSettings project,
            String version,
            @Nullable Matches matches,
            Set<Integer> enterable,
            boolean saved,
            String message,
            Opened opened) {
        return new ExportRuleView(
                project.key(),
                project.exportRule().stored(),
                matches == null ? null : matches.count(),
                matches == null ? List.of() : shown(matches.first(), enterable),
                saved,
                message,
                warnings(project, opened, matches),
                version);
    }

    private Set<String> names(Set<Integer> enterable) {
        return workspaces.all().stream()
                .filter(workspace -> enterable.contains(workspace.id()))
                .map(Workspace::name)
                .collect(Collectors.toSet());
    }

    private List<ExportRuleView.Match> shown(List<Integer> ids, Set<Integer> enterable) {
        return vulnerabilities.findAll(ids).stream()
                .filter(vulnerability -> enterable.contains(vulnerability.workspaceId()))
                .sorted(Comparator.comparingInt(VulnerabilityState::id))
                .map(vulnerability -> new ExportRuleView.Match(
                        vulnerability.id(),
                        vulnerability.name(),
                        vulnerability.severity(),
                        vulnerability.status().stored(),
                        vulnerability.workspaceName()))
                .toList();
    }

    private List<String> warnings(ProjectSettings project, Opened opened, @Nullable Matches matches) {
        List<String> warnings = new ArrayList<>();
        ExportRule rule = project.exportRule();
        if (rule.enabled() && !project.active()) {
            warnings.add("project " + project.key() + " is not active, so its rule is not worked on until it is");
        }
        if (matches != null && matches.problem() != null) {
            warnings.add(matches.problem());
        }
        Set<String> closed = new TreeSet<>();
        workspaces.all().stream()
                .filter(workspace -> !workspace.writable() && rule.workspaces().contains(workspace.name()))
                .forEach(workspace -> closed.add(workspace.name()));
        if (!closed.isEmpty()) {
            warnings.add("nothing is exported from the workspaces " + closed + ", which are read-only or not active");
        }
        opened.settings().projects().values().stream()
                .filter(other -> !other.key().equals(project.key()))
                .filter(other -> other.exportRule().workspaces().stream().anyMatch(rule.workspaces()::contains))
                .forEach(other -> warnings.add("project " + other.key()
                        + " names some of these workspaces too: an export without a project is refused there, and of"
                        + " two rules the one whose project comes first in the alphabet exports"));
        return warnings;
    }
}
