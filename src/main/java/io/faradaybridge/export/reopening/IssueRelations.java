package io.faradaybridge.export.reopening;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.client.JiraClient;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links new issues to those that they stand for. Jira keeps one such link however often it is asked for, so no lease is
 * needed, and a lost answer is no harm.
 */
@Component("issueRelations")
public class IssueRelations {

    private static final int AT_ONCE = 20;

    private final JdbcClient jdbc;
    private final JiraClient jira;
    private final Activity activity;

    IssueRelations(JdbcClient jdbc, JiraClient jira, Activity activity) {
        this.jdbc = jdbc;
        this.jira = jira;
        this.activity = activity;
    }

    private record Pair(long item, int vulnerability, String issueKey, String former) {}

    /** Called by the flow. */
    public void relate() {
        due().forEach(this::relate);
    }

    private List<Pair> due() {
        return jdbc.sql("""
            SELECT i.id, i.vulnerability_id, i.issue_key, i.relates_to FROM faraday_bridge.export_item i
             WHERE i.relates_to IS NOT NULL AND i.related_at IS NULL AND i.state = 'linked'
               AND (i.retry_at IS NULL OR i.retry_at <= clock_timestamp())
             ORDER BY i.id LIMIT :most""")
                .param("most", AT_ONCE)
                .query((rs, n) -> new Pair(rs.getLong(1), rs.getInt(2), rs.getString(3), rs.getString(4)))
                .list();
    }

    private void relate(Pair pair) {
        try {
            jira.send(EditRequests.relate(pair.issueKey(), pair.former()));
            if (related(pair)) {
                note(Outcome.SETTLED, pair, "the new issue " + pair.issueKey() + " is linked to " + pair.former());
            }
        } catch (JiraFailure failure) {
            if (!failure.refusedOrGone()) {
                later(pair);
            } else if (related(pair)) {
                note(
                        Outcome.REFUSED,
                        pair,
                        pair.issueKey() + " stands for " + pair.former() + ", but Jira refused the issue link between"
                                + " them: " + failure.getMessage());
            }
        }
    }

    /** @return false if another replica was faster */
    private boolean related(Pair pair) {
        return jdbc.sql("""
            UPDATE faraday_bridge.export_item SET related_at = now(), retry_at = NULL
             WHERE id = :id AND related_at IS NULL""").param("id", pair.item()).update() == 1;
    }

    private void later(Pair pair) {
        jdbc.sql("""
            UPDATE faraday_bridge.export_item SET retry_at = clock_timestamp() + interval '30 seconds'
             WHERE id = :id AND related_at IS NULL AND state = 'linked'""").param("id", pair.item()).update();
    }

    private void note(Outcome outcome, Pair pair, String detail) {
        activity.record(outcome, UUID.randomUUID().toString(), pair.vulnerability(), pair.issueKey(), detail, null);
    }
}
