package io.faradaybridge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The content of Faraday's row {@code configuration.jira_integration}, as Faraday documents it. Unknown keys are
 * ignored because other programs use them, and an invalid project does not affect the others.
 *
 * @param url Jira's address without a trailing slash, empty if none is configured
 * @param authorizationState such as {@code authorized}
 * @param projects by project key
 * @param problems invalid parts, by project key; under "" those of no project
 * @param formerKeys the present key of a configured project by each of its former keys, unless that is the key of
 *     another configured project
 * @param observing why the bridge only observes and writes nothing to Faraday or Jira; empty if it does not observe
 * @param closed the directions in which the bridge does not work at present, by project
 */
public record IntegrationSettings(
        String url,
        String consumerKey,
        String authorizationState,
        boolean enabled,
        Map<String, ProjectSettings> projects,
        Map<String, List<String>> problems,
        Map<String, String> formerKeys,
        String observing,
        Map<String, Set<Direction>> closed) {

    /** The settings before anything is configured. */
    public static final IntegrationSettings NONE =
            new IntegrationSettings("", "", "", false, Map.of(), Map.of(), Map.of(), "", Map.of());

    public IntegrationSettings {
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
        formerKeys = Map.copyOf(formerKeys);
        closed = Map.copyOf(closed);
    }

    /** Reads the row's value. Also accepts the form of Faraday of 2020, a single {@code project_key}. */
    public static IntegrationSettings read(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NONE;
        }
        Map<String, ProjectSettings> projects = new LinkedHashMap<>();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        if (!value.isObject()) {
            problem(problems, "", "the configuration 'jira_integration' must be a JSON object");
        }
        JsonNode configured = value.path("projects");
        if (!configured.isObject() && !configured.isMissingNode() && !configured.isNull()) {
            problem(problems, "", "'projects' must be an object with one entry for each project");
        }
        configured.properties().forEach(entry -> {
            String key = entry.getKey().strip();
            if (entry.getValue().isObject()) {
                projects.put(
                        key, ProjectSettings.read(key, entry.getValue(), problem -> problem(problems, key, problem)));
            } else {
                problem(problems, key, "must be an object with \"ticket_config\" and \"attribute_mapping\"");
            }
        });
        String oldKey = value.path("project_key").asText("").strip();
        if (!oldKey.isEmpty() && projects.isEmpty() && problems.isEmpty()) {
            projects.put(
                    oldKey,
                    new ProjectSettings(
                            oldKey,
                            false,
                            Map.of(),
                            StatusMapping.NONE,
                            ConflictPolicy.JIRA_WINS,
                            OnExport.STAY,
                            ExportRule.NONE,
                            WorkflowSettings.NONE,
                            IssueAttachments.NONE,
                            List.of(),
                            false,
                            CommentCopying.NONE));
            problem(problems, oldKey, "was set up in an old Faraday and has no issue type yet; configure one");
        }
        return new IntegrationSettings(
                value.path("url").asText("").strip().replaceAll("/+$", ""),
                value.path("consumer_key").asText("").strip(),
                value.path("authorization_state").asText("").strip(),
                value.path("enabled").asBoolean(false),
                projects,
                problems,
                Map.of(),
                "",
                Map.of());
    }

    /** The settings of a bridge that only observes. @param why the reason as a sentence */
    IntegrationSettings observing(String why) {
        return new IntegrationSettings(
                url, consumerKey, authorizationState, enabled, projects, problems, formerKeys, why, closed);
    }

    /** The settings with the former keys of projects. */
    IntegrationSettings renamed(Map<String, String> todaysByFormer) {
        return new IntegrationSettings(
                url, consumerKey, authorizationState, enabled, projects, problems, todaysByFormer, observing, closed);
    }

    /** The settings while some directions are switched off, or ask. */
    IntegrationSettings closed(Map<String, Set<Direction>> byProject) {
        return new IntegrationSettings(
                url, consumerKey, authorizationState, enabled, projects, problems, formerKeys, observing, byProject);
    }

    /** Whether the bridge works for the project in that direction, as far as the project's switches are concerned. */
    public boolean open(String projectKey, Direction direction) {
        return closed.isEmpty()
                || !closed.getOrDefault(
                                project(projectKey).map(ProjectSettings::key).orElse(projectKey), Set.of())
                        .contains(direction);
    }

    /** The keys of the projects at work that take new issues. */
    public List<String> exportingKeys() {
        return keysAtWork().stream().filter(key -> open(key, Direction.EXPORT)).toList();
    }

    public boolean observes() {
        return !observing.isEmpty();
    }

    /** Why nothing is written to Faraday or Jira, and what to do, as a sentence. */
    public String observation() {
        return "the bridge only observes, since " + observing
                + "; nothing is written until an administrator takes over";
    }

    /** The project by its present or a former key. */
    public Optional<ProjectSettings> project(String key) {
        return Optional.ofNullable(projects.get(key))
                .or(() -> Optional.ofNullable(formerKeys.get(key)).map(projects::get));
    }

    /** The present and former keys of all configured projects. */
    public Set<String> knownKeys() {
        Set<String> keys = new LinkedHashSet<>(projects.keySet());
        formerKeys.forEach((former, today) -> {
            if (projects.containsKey(today)) {
                keys.add(former);
            }
        });
        return keys;
    }

    /**
     * The project, if the bridge works on it: the integration is enabled, the bridge does not observe, and the project
     * is active.
     */
    public Optional<ProjectSettings> atWork(String key) {
        return restReason(key).isPresent() ? Optional.empty() : project(key);
    }

    /** The projects that the bridge works on; none while the integration is disabled or the bridge observes. */
    public List<ProjectSettings> projectsAtWork() {
        return projects.values().stream()
                .filter(project -> atWork(project.key()).isPresent())
                .toList();
    }

    /** The projects whose comments are copied, by key, whether or not the bridge works on them at present. */
    public Map<String, CommentCopying> commentCopying() {
        Map<String, CommentCopying> copying = new TreeMap<>();
        projects.forEach((key, project) -> {
            if (project.comments() != CommentCopying.NONE) {
                copying.put(key, project.comments());
            }
        });
        return copying;
    }

    /** Those of {@link #projectsAtWork()} that this is true of, by key in alphabetical order. */
    public Map<String, ProjectSettings> projectsAtWork(Predicate<ProjectSettings> which) {
        Map<String, ProjectSettings> chosen = new TreeMap<>();
        projectsAtWork().stream().filter(which).forEach(project -> chosen.put(project.key(), project));
        return chosen;
    }

    /** The versions of the mappings of the projects at work, by key. */
    public Map<String, String> mappingVersions() {
        return projectsAtWork().stream()
                .collect(Collectors.toMap(ProjectSettings::key, ProjectSettings::mappingVersion));
    }

    /** Of a project that may not be configured any more. */
    public WorkflowSettings workflow(String projectKey) {
        return project(projectKey).map(ProjectSettings::workflow).orElse(WorkflowSettings.NONE);
    }

    public List<String> keysAtWork() {
        return projectsAtWork().stream().map(ProjectSettings::key).toList();
    }

    /** Why the bridge does not work on the project, and what to do; empty if it does. */
    public Optional<String> restReason(String key) {
        if (observes()) {
            return Optional.of(observation());
        }
        if (!enabled) {
            return Optional.of("the Jira integration is disabled; enable it first");
        }
        Optional<ProjectSettings> project = project(key);
        if (project.isEmpty()) {
            return Optional.of("Jira project '" + key + "' is not configured; configured are " + projects.keySet());
        }
        return project.get().active()
                ? Optional.empty()
                : Optional.of("Jira project '" + key + "' is not active; activate it first");
    }

    private static void problem(Map<String, List<String>> problems, String key, String problem) {
        problems.computeIfAbsent(key, ignored -> new ArrayList<>()).add(problem);
    }
}
