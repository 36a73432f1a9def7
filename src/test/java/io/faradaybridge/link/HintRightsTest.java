package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.TestRights;
import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose hint a link takes, and in whose name the change is made that it led to. */
class HintRightsTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus DONE = new JiraStatus("3", "Done");

    private static final FaradayDatabase.Instance database =
            FaradayDatabase.shared().newBridgeDatabase();
    private static final JdbcClient rows = database.rows();

    private final IssueLinks links = new IssueLinks(rows);
    private final Hints hints = new Hints(rows, TestRights.of(rows));
    private long id;

    @BeforeEach
    void link() {
        rows.sql("DELETE FROM faraday_bridge.issue_link").update();
        rows.sql("DELETE FROM faraday_bridge.unlinked_hint").update();
        int vulnerability = SampleVulnerabilities.insertWithIssue(database.dataSource(), "SEC-1");
        id = links.add(new NewLink(
                vulnerability,
                SampleFaraday.ACME_EXTERNAL,
                "SEC",
                "Bug",
                "10001",
                "SEC-1",
                new StatusPair(FaradayStatus.OPEN, TO_DO)));
    }

    private Hints.Noted webhook(String token) {
        return hints.fromWebhook(
                        WebhookCaller.ofToken(token), "", "SEC-1", JiraStatus.named("Done"), "event-of-" + token)
                .orElseThrow();
    }

    private void sweep() {
        hints.fromSweep(
                List.of(new IssueSnapshot("10001", "SEC-1", "10000", "SEC", "Bug", DONE, "", Instant.EPOCH, List.of())),
                issue -> Optional.empty(),
                "sweep");
    }

    private IssueLink row() {
        return links.find(id).orElseThrow();
    }

    private long pending() {
        return rows.sql("SELECT hints - hints_seen FROM faraday_bridge.issue_link WHERE id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    @Test
    void who_may_not_change_the_vulnerability_leaves_nothing_on_its_link() {
        Hints.Noted noted = webhook(SampleFaraday.TOKEN_OF_CLIENT);

        assertThat(noted.permitted()).isFalse();
        assertThat(noted.counted()).isFalse();
        assertThat(noted.linkId()).as("for the reason in the activity").isEqualTo(id);
        assertThat(pending()).isZero();
        assertThat(row().hintUserId()).isNull();
    }

    @Test
    void nor_does_it_take_the_change_away_from_who_may() {
        webhook(SampleFaraday.TOKEN_OF_PENTESTER);
        webhook(SampleFaraday.TOKEN_OF_CLIENT);

        assertThat(row().hintUserId()).isEqualTo(SampleFaraday.PENTESTER);
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void a_hint_that_came_before_the_link_counts_under_the_same_right() {
        hints.keepForUnlinked("SEC-1", "Done", SampleFaraday.CLIENT);
        hints.takeUp(id, "SEC-1");
        assertThat(pending()).isZero();
        assertThat(row().hintUserId()).isNull();

        hints.keepForUnlinked("SEC-1", "Done", SampleFaraday.PENTESTER);
        hints.takeUp(id, "SEC-1");
        assertThat(pending()).isEqualTo(1);
        assertThat(row().hintUserId()).isEqualTo(SampleFaraday.PENTESTER);
    }

    @Test
    void the_sweep_leaves_a_hint_that_is_not_worked_off_its_user_and_its_event() {
        webhook(SampleFaraday.TOKEN_OF_PENTESTER);
        sweep();
        assertThat(row().hintUserId()).isEqualTo(SampleFaraday.PENTESTER);

        UUID token = UUID.randomUUID();
        LinkWork held = LinkWork.leased(links.lease(id, token).orElseThrow(), token, "test");
        sweep();
        assertThat(held.link().hintUserId()).isEqualTo(SampleFaraday.PENTESTER);
        assertThat(row().hintUserId()).as("while it is looked at").isEqualTo(SampleFaraday.PENTESTER);
        assertThat(rows.sql("SELECT hint_correlation FROM faraday_bridge.issue_link")
                        .query(String.class)
                        .single())
                .startsWith("event-of-");
    }

    @Test
    void what_only_the_sweep_found_is_nobodys() {
        webhook(SampleFaraday.TOKEN_OF_PENTESTER);
        rows.sql("UPDATE faraday_bridge.issue_link SET hints_seen = hints").update();

        sweep();

        assertThat(row().hintUserId()).isNull();
        assertThat(pending()).isEqualTo(1);
    }
}
