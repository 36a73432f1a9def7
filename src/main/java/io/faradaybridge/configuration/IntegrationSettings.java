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

/**
 * What Faraday's row {@code configuration.jira_integration} says, as its documentation describes it. The reader is
 * lenient: keys it does not know are somebody else's, and one broken project leaves the others alone.
 *
 * @param url Jira's address without a trailing slash, empty while none is configured
 * @param authorizationState such as {@code authorized}
 * @param projects by project key
 * @param problems what could not be understood, in words, by project key; under "" what concerns none
 * @param formerKeys today's key of a configured project by each that it had before, as far as nobody else is configured under it
 * @param observing why the bridge only observes and writes nothing to Faraday or Jira; empty: it does not
 */
public record IntegrationSettings(
        String url,
        String consumerKey,
        String authorizationState,
        boolean enabled,
        Map<String, ProjectSettings> projects,
        Map<String, List<String>> problems,
        Map<String, String> formerKeys,
        String observing) {

    /** Nothing is configured yet. */
    public static final IntegrationSettings NONE =
            new IntegrationSettings("", "", "", false, Map.of(), Map.of(), Map.of(), "");

    public IntegrationSettings {
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
        formerKeys = Map.copyOf(formerKeys);
    }

    /** Reads the row's value. Accepts also what Faraday of 2020 wrote: a single {@code project_key}. */
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
            problem(problems, "", "'projects' must be an object with one entry a project");
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
                            oldKey, false, Map.of(), StatusMapping.NONE, ConflictPolicy.JIRA_WINS, OnExport.STAY));
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
                "");
    }

    /** The same, at rest. @param why for people */
    IntegrationSettings observing(String why) {
        return new IntegrationSettings(
                url, consumerKey, authorizationState, enabled, projects, problems, formerKeys, why);
    }

    /** The same, with projects known by keys too that Jira gave them before. */
    IntegrationSettings renamed(Map<String, String> todaysByFormer) {
        return new IntegrationSettings(
                url, consumerKey, authorizationState, enabled, projects, problems, todaysByFormer, observing);
    }

    public boolean observes() {
        return !observing.isEmpty();
    }

    /** For people: why nothing is written to Faraday or Jira, and what to do. */
    public String observation() {
        return "the bridge only observes, since " + observing
                + "; nothing is written until an administrator takes over";
    }

    /** Also by a key that it had before. */
    public Optional<ProjectSettings> project(String key) {
        return Optional.ofNullable(projects.get(key))
                .or(() -> Optional.ofNullable(formerKeys.get(key)).map(projects::get));
    }

    /** Of all configured projects, with those that they had before. */
    public Set<String> knownKeys() {
        Set<String> keys = new LinkedHashSet<>(projects.keySet());
        formerKeys.forEach((former, today) -> {
            if (projects.containsKey(today)) {
                keys.add(former);
            }
        });
        return keys;
    }

    /** The project, if it is at work: the integration enabled, ours, and the project active. */
    public Optional<ProjectSettings> atWork(String key) {
        return restReason(key).isPresent() ? Optional.empty() : project(key);
    }

    /** The projects at work; none while the integration is disabled or somebody else's. */
    public List<ProjectSettings> projectsAtWork() {
        return projects.values().stream()
                .filter(project -> atWork(project.key()).isPresent())
                .toList();
    }

    public List<String> keysAtWork() {
        return projectsAtWork().stream().map(ProjectSettings::key).toList();
    }

    /** Why nothing is done for the project, and what to do; empty: it is at work. */
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
