package io.faradaybridge.export.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.ExportRule;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradaySeverity;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Workspaces;
import io.faradaybridge.faraday.Workspaces.Workspace;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules as the statements take them: with ids for names, and only workspaces that the user may export from. */
@Component
class RuleTerms {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JdbcClient jdbc;
    private final Workspaces workspaces;
    private final FaradayUsers users;

    RuleTerms(JdbcClient jdbc, Workspaces workspaces, FaradayUsers users) {
        this.jdbc = jdbc;
        this.workspaces = workspaces;
        this.users = users;
    }

    /**
     * The rules for {@link RuleMatching}.
     *
     * @param rules each with its own terms, a JSON array
     * @param workspaces of any rule, as are {@code severities}
     * @param since the earliest time of any rule, or {@code -infinity}
     */
    record Terms(String rules, List<Integer> workspaces, List<String> severities, String since) {

        static Terms of(JsonNode rules) {
            Set<Integer> workspaces = new TreeSet<>();
            Set<String> severities = new TreeSet<>();
            Set<String> since = new TreeSet<>(); // -infinity is the first of them
            rules.forEach(rule -> {
                rule.path("workspaces").forEach(id -> workspaces.add(id.asInt()));
                rule.path("severities").forEach(name -> severities.add(name.asText()));
                since.add(rule.path("created_after").asText("-infinity"));
            });
            return new Terms(
                    rules.toString(),
                    List.copyOf(workspaces),
                    List.copyOf(severities),
                    since.stream().findFirst().orElse("-infinity"));
        }
    }

    Terms of(Collection<ProjectSettings> projects, FaradayUser user) {
        Set<Integer> enterable = users.enterable(user.id());
        List<Workspace> usable = workspaces.all().stream()
                .filter(workspace -> workspace.writable() && enterable.contains(workspace.id()))
                .toList();
        ArrayNode rules = JSON.arrayNode();
        projects.forEach(project -> rules.add(of(project, usable)));
        return Terms.of(rules);
    }

    /** A restriction to names that do not exist (any more) matches nothing. */
    private ObjectNode of(ProjectSettings project, List<Workspace> usable) {
        ExportRule rule = project.exportRule();
        ObjectNode terms = JSON.objectNode().put("project", project.key()).put("version", project.exportVersion());
        (rule.severities().isEmpty() ? FaradaySeverity.ALL : rule.severities())
                .forEach(terms.putArray("severities")::add);
        ArrayNode ids = terms.putArray("workspaces");
        usable.stream()
                .filter(workspace ->
                        rule.workspaces().isEmpty() || rule.workspaces().contains(workspace.name()))
                .forEach(workspace -> ids.add(workspace.id()));
        if (!rule.tags().isEmpty()) {
            tags(rule.tags()).forEach(terms.putArray("tags")::add);
        }
        if (!rule.ignoreTags().isEmpty()) {
            tags(rule.ignoreTags()).forEach(terms.putArray("ignored")::add);
        }
        if (rule.onlyCreatedAfter() != null) {
            terms.put(
                    "created_after",
                    LocalDateTime.ofInstant(rule.onlyCreatedAfter(), ZoneOffset.UTC)
                            .toString());
        }
        return terms;
    }

    private List<Integer> tags(List<String> names) {
        return jdbc.sql("SELECT id FROM tag WHERE name = ANY (:names)")
                .param("names", names.toArray(String[]::new), Types.ARRAY)
                .query(Integer.class)
                .list();
    }
}
