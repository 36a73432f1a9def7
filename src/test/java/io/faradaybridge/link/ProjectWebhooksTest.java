package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When a project's webhooks may be relied on to tell of every change. */
class ProjectWebhooksTest {

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private final ProjectWebhooks webhooks = new ProjectWebhooks(rows);
    private IssueLink link;

    @BeforeEach
    void nothingCameYet() {
        rows.sql("DELETE FROM faraday_bridge.project_webhooks").update();
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        IssueLinks links = new IssueLinks(rows);
        long id = links.add(new NewLink(
                SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1"),
                1,
                "SEC",
                "Bug",
                "10001",
                "SEC-1",
                new StatusPair(FaradayStatus.OPEN, new JiraStatus("1", "To Do"))));
        link = links.find(id).orElseThrow();
    }

    private void minutesPass(int minutes) {
        rows.sql("UPDATE faraday_bridge.project_webhooks SET accepted_at = accepted_at - :minutes * interval '1"
                        + " minute', missed_at = missed_at - :minutes * interval '1 minute'")
                .param("minutes", minutes)
                .update();
    }

    @Test
    void they_are_not_where_none_ever_came() {
        assertThat(webhooks.alive("SEC")).isFalse();
    }

    @Test
    void they_are_for_an_hour_after_one_came_in_that_project() {
        webhooks.accepted("SEC");

        assertThat(webhooks.alive("SEC")).isTrue();
        assertThat(webhooks.alive("WEB")).isFalse();
        minutesPass(59);
        assertThat(webhooks.alive("SEC")).isTrue();
        minutesPass(2);
        assertThat(webhooks.alive("SEC")).isFalse();
        webhooks.accepted("SEC");
        assertThat(webhooks.alive("SEC")).isTrue();
    }

    @Test
    void they_are_not_after_a_change_without_a_webhook_until_the_next_webhook() {
        webhooks.accepted("SEC");

        webhooks.missed(link);

        assertThat(webhooks.alive("SEC")).isFalse();
        webhooks.accepted("SEC");
        assertThat(webhooks.alive("SEC")).isTrue();
    }

    @Test
    void a_change_with_a_webhook_at_that_moment_was_not_missed() {
        webhooks.accepted("SEC");
        webhook();

        webhooks.missed(link);

        assertThat(webhooks.alive("SEC")).isTrue();
    }

    @Test
    void many_of_them_are_written_once_a_minute() {
        webhooks.accepted("SEC");
        String written = acceptedAt();

        webhooks.accepted("SEC");
        assertThat(acceptedAt()).isEqualTo(written);

        minutesPass(2);
        String earlier = acceptedAt();
        webhooks.accepted("SEC");
        assertThat(acceptedAt()).isNotEqualTo(earlier);
    }

    @Test
    void a_webhook_says_whether_that_is_to_be_written() {
        assertThat(webhook().told()).as("none came").isFalse();
        webhooks.accepted("SEC");
        assertThat(webhook().told()).isTrue();
        minutesPass(2);
        assertThat(webhook().told()).as("long ago").isFalse();
        webhooks.accepted("SEC");
        rows.sql("UPDATE faraday_bridge.project_webhooks SET missed_at = accepted_at")
                .update();
        assertThat(webhook().told()).as("one was missed").isFalse();
    }

    private Hints.Noted webhook() {
        return new Hints(rows, TestRights.of(rows))
                .fromWebhook(
                        WebhookCaller.ofToken(SampleFaraday.TOKEN_OF_ADMIN),
                        "",
                        "SEC-1",
                        JiraStatus.named("Done"),
                        "hint")
                .orElseThrow();
    }

    private static String acceptedAt() {
        return rows.sql("SELECT accepted_at::text FROM faraday_bridge.project_webhooks")
                .query(String.class)
                .single();
    }
}
