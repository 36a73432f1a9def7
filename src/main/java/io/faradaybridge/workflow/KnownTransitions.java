package io.faradaybridge.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.tables.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code known_transitions}: where the transitions from each status lead to, for each project and issue type,
 * as Jira showed them on an issue that was surely in that status. Every replica knows them, also after a restart.
 */
@Component
public class KnownTransitions {

    private final JdbcClient jdbc;
    private final JiraAccount account;

    KnownTransitions(JdbcClient jdbc, JiraAccount account) {
        this.jdbc = jdbc;
        this.account = account;
    }

    /** The statuses that each status leads to, by its {@link JiraStatus#key}. */
    public Map<String, List<JiraStatus>> of(String projectKey, String issueType) {
        Map<String, List<JiraStatus>> known = new HashMap<>();
        jdbc.sql("""
            SELECT from_status, leads_to::text FROM faraday_bridge.known_transitions
             WHERE site = :site AND project_key = :project AND issue_type = :type""")
                .param("site", account.site().baseUrl().toString())
                .param("project", projectKey)
                .param("type", issueType)
                .query((rs, n) -> known.put(rs.getString(1), read(rs.getString(2))))
                .list();
        return known;
    }

    /** @param from the status that the issue was in when Jira offered these transitions */
    public void learn(String projectKey, String issueType, JiraStatus from, List<Transition> offered) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.known_transitions AS k (site, project_key, issue_type, from_status, leads_to)
            VALUES (:site, :project, :type, :from, :to::jsonb)
            ON CONFLICT (site, project_key, issue_type, from_status)
            DO UPDATE SET leads_to = excluded.leads_to, seen_at = now() WHERE k.leads_to <> excluded.leads_to""")
                .param("site", account.site().baseUrl().toString())
                .param("project", projectKey)
                .param("type", issueType)
                .param("from", from.key())
                .param("to", Json.written(Transition.targets(offered)))
                .update();
    }

    private static List<JiraStatus> read(String json) {
        try {
            return Json.MAPPER.readValue(json, new TypeReference<List<JiraStatus>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("known_transitions.leads_to must be an array of {id, name}: " + json, e);
        }
    }
}
