package io.faradaybridge.link.reports;

import io.faradaybridge.configuration.Agreement;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.LinkSql;
import io.faradaybridge.link.decision.StatusPair;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Groups links by project and pair, because the mapping gives the same result for all links of a group. */
@Component
public class LinkKinds {

    private final JdbcClient jdbc;

    LinkKinds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param quiet whether nothing is to be done about them, by their rows */
    public record Kind(String projectKey, StatusPair pair, boolean quiet, long links) {

        public Agreement agreement(IntegrationSettings settings) {
            return settings.project(projectKey)
                    .map(project -> project.mapping())
                    .orElse(StatusMapping.NONE)
                    .agreement(pair.faraday(), pair.jira());
        }
    }

    /** The groups of active links. */
    public List<Kind> all() {
        return jdbc.sql(LinkSql.SQL.in("""
            SELECT l.project_key, l.faraday_status, l.jira_status_id, l.jira_status_name, {quiet} AS quiet, count(*)
              FROM faraday_bridge.issue_link l WHERE {active} GROUP BY 1, 2, 3, 4, 5"""))
                .query((row, n) -> new Kind(
                        row.getString(1),
                        new StatusPair(
                                FaradayStatus.of(row.getString(2)), new JiraStatus(row.getString(3), row.getString(4))),
                        row.getBoolean(5),
                        row.getLong(6)))
                .list();
    }

    /**
     * Counts of links by the configuration.
     *
     * @param quiet links of configured projects without any work to do, by their agreement
     * @param unconfigured all links of projects that are not configured, by the project's key
     */
    public record Summary(Map<Agreement, Long> quiet, Map<String, Long> unconfigured) {

        public long quiet(Agreement agreement) {
            return quiet.getOrDefault(agreement, 0L);
        }
    }

    public Summary summary(IntegrationSettings settings) {
        Map<Agreement, Long> quiet = new EnumMap<>(Agreement.class);
        Map<String, Long> unconfigured = new TreeMap<>();
        for (Kind kind : all()) {
            if (settings.project(kind.projectKey()).isEmpty()) {
                unconfigured.merge(kind.projectKey(), kind.links(), Long::sum);
            } else if (kind.quiet()) {
                quiet.merge(kind.agreement(settings), kind.links(), Long::sum);
            }
        }
        return new Summary(quiet, unconfigured);
    }
}
