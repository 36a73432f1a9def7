package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.answers.StatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L9: what in an issue's history proves that our own transition was made, and what does not. */
class OwnTransitionTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus DONE = new JiraStatus("3", "Done");
    private static final Myself BRIDGE = new Myself("bridge", "Bridge");
    private static final Instant SENT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration LATER = Duration.ofMinutes(3);
    private static final IssueLink.Intention INTENTION = new IssueLink.Intention(FaradayStatus.CLOSED, DONE, SENT);

    private static boolean proves(JiraStatus to, String author, Instant at) {
        return proves(to, author, at, Duration.ZERO);
    }

    private static boolean proves(JiraStatus to, String author, Instant at, Duration jiraAhead) {
        IssueSnapshot issue = new IssueSnapshot(
                "10001",
                "SEC-1",
                "10000",
                "SEC",
                "Bug",
                to,
                "",
                at,
                List.of(new StatusChange(TO_DO, to, author, author, at)));
        Instant now = SENT.plus(LATER);
        return OwnTransition.happened(issue, INTENTION, now.plus(jiraAhead), now, BRIDGE);
    }

    @Test
    void l9_our_own_move_to_the_target_after_the_intention_does() {
        assertThat(proves(DONE, "bridge", SENT.plusSeconds(1))).isTrue();
    }

    @Test
    void l9_a_persons_move_to_the_same_status_does_not() {
        assertThat(proves(DONE, "jdoe", SENT.plusSeconds(1))).isFalse();
    }

    @Test
    void l9_our_own_move_to_another_status_does_not() {
        assertThat(proves(TO_DO, "bridge", SENT.plusSeconds(1))).isFalse();
    }

    @Test
    void l9_a_move_that_we_made_on_an_earlier_occasion_does_not() {
        assertThat(proves(DONE, "bridge", SENT.minusSeconds(60))).isFalse();
    }

    @Test
    void l9_jiras_clock_may_be_wrong_either_way() {
        Duration wrong = Duration.ofMinutes(10);

        assertThat(proves(DONE, "bridge", SENT.minus(wrong).plusSeconds(1), wrong.negated()))
                .as("made just now by a clock that is behind")
                .isTrue();
        assertThat(proves(DONE, "bridge", SENT.plus(wrong).minusSeconds(60), wrong))
                .as("made a minute before the intention by a clock that is ahead")
                .isFalse();
    }
}
