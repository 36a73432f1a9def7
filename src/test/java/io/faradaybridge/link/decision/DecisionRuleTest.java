package io.faradaybridge.link.decision;

import static io.faradaybridge.faraday.FaradayStatus.CLOSED;
import static io.faradaybridge.faraday.FaradayStatus.OPEN;
import static io.faradaybridge.faraday.FaradayStatus.RE_OPENED;
import static io.faradaybridge.faraday.FaradayStatus.RISK_ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.configuration.ConflictPolicy;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionRuleTest {

    /** Many to one both ways (closed and risk-accepted to Done; To Do and Backlog to open), In Review unmapped. */
    private static final StatusMapping MAPPING = new StatusMapping(
            Map.of(
                    "To Do", OPEN,
                    "Backlog", OPEN,
                    "In Progress", RE_OPENED,
                    "Done", CLOSED),
            Map.of(
                    OPEN, JiraStatus.named("To Do"),
                    RE_OPENED, JiraStatus.named("In Progress"),
                    CLOSED, JiraStatus.named("Done"),
                    RISK_ACCEPTED, JiraStatus.named("Done")));

    /** Faraday's risk-accepted says nothing to Jira. */
    private static final StatusMapping SILENT =
            new StatusMapping(Map.of("To Do", OPEN, "Done", CLOSED), Map.of(OPEN, JiraStatus.named("To Do")));

    private static final List<String> JIRA = List.of("To Do", "Backlog", "In Progress", "In Review", "Done");

    @ParameterizedTest(name = "agreed on ({0}, {1}), now ({2}, {3}), {4}: {5}")
    @CsvSource(delimiter = '|', textBlock = """
                    # neither moved
                    open          | To Do       | open          | To Do       | jira-wins    | nothing
                    risk-accepted | Done        | risk-accepted | Done        | faraday-wins | nothing
                    open          | In Review   | open          | In Review   | jira-wins    | nothing
                    # only Jira moved
                    open          | To Do       | open          | Done        | jira-wins    | faraday:closed
                    open          | To Do       | open          | Done        | faraday-wins | faraday:closed
                    open          | To Do       | open          | In Progress | jira-wins    | faraday:re-opened
                    open          | To Do       | open          | In Review   | jira-wins    | settle
                    open          | To Do       | open          | Backlog     | jira-wins    | settle
                    risk-accepted | Done        | risk-accepted | To Do       | faraday-wins | faraday:open
                    open          | In Review   | open          | Done        | jira-wins    | faraday:closed
                    # only Faraday moved
                    open          | To Do       | closed        | To Do       | jira-wins    | jira:Done
                    open          | To Do       | risk-accepted | To Do       | faraday-wins | jira:Done
                    closed        | Done        | re-opened     | Done        | jira-wins    | jira:In Progress
                    closed        | Done        | risk-accepted | Done        | jira-wins    | settle
                    open          | In Review   | closed        | In Review   | jira-wins    | jira:Done
                    open          | Backlog     | closed        | Backlog     | jira-wins    | jira:Done
                    # both moved, to the same: an echo, a crash before the commit, two people with one mind
                    open          | To Do       | closed        | Done        | jira-wins    | settle
                    open          | To Do       | risk-accepted | Done        | faraday-wins | settle
                    # both moved, one of them says nothing new to the other side
                    open          | To Do       | closed        | In Review   | jira-wins    | jira:Done
                    open          | To Do       | closed        | Backlog     | jira-wins    | jira:Done
                    closed        | Done        | risk-accepted | To Do       | faraday-wins | faraday:open
                    closed        | Done        | risk-accepted | In Review   | jira-wins    | settle
                    # both moved, both mean it
                    open          | To Do       | re-opened     | Done        | jira-wins    | conflict>faraday:closed
                    open          | To Do       | re-opened     | Done        | faraday-wins | conflict>jira:In Progress
                    closed        | Done        | re-opened     | To Do       | jira-wins    | conflict>faraday:open
                    closed        | Done        | open          | In Progress | faraday-wins | conflict>jira:To Do
                    """)
    void decides(String f0, String j0, String f, String j, String policy, String expected) {
        ConflictPolicy winner = policy.equals("jira-wins") ? ConflictPolicy.JIRA_WINS : ConflictPolicy.FARADAY_WINS;
        assertThat(inWords(decide(MAPPING, f0, j0, f, j, winner, null))).isEqualTo(expected);
    }

    @Test
    void a_faraday_status_without_outgoing_mapping_settles() {
        assertThat(inWords(decide(SILENT, "open", "To Do", "risk-accepted", "To Do", ConflictPolicy.JIRA_WINS, null)))
                .isEqualTo("settle");
    }

    @Test
    void names_the_status_that_has_no_mapping() {
        Decision decision = decide(MAPPING, "open", "To Do", "open", "In Review", ConflictPolicy.JIRA_WINS, null);
        assertThat(decision).isEqualTo(new Decision.Settle(false, "no incoming mapping for 'In Review'"));
    }

    @Test
    void an_obstacle_blocks_only_what_would_write_to_faraday() {
        BlockReason readOnly = new BlockReason(BlockReason.WORKSPACE_READ_ONLY, "read-only");
        assertThat(decide(MAPPING, "open", "To Do", "open", "Done", ConflictPolicy.JIRA_WINS, readOnly))
                .isEqualTo(new Decision.Blocked(readOnly));
        assertThat(decide(MAPPING, "open", "To Do", "re-opened", "Done", ConflictPolicy.JIRA_WINS, readOnly))
                .isEqualTo(new Decision.Blocked(readOnly));
        assertThat(inWords(decide(MAPPING, "open", "To Do", "closed", "To Do", ConflictPolicy.JIRA_WINS, readOnly)))
                .isEqualTo("jira:Done");
        assertThat(inWords(decide(MAPPING, "open", "To Do", "open", "In Review", ConflictPolicy.JIRA_WINS, readOnly)))
                .isEqualTo("settle");
    }

    @Test
    void a_renamed_jira_status_has_not_moved() {
        Decision decision = DecisionRule.decide(
                new StatusPair(OPEN, new JiraStatus("10000", "To Do")),
                OPEN,
                new JiraStatus("10000", "Zu erledigen"),
                MAPPING,
                ConflictPolicy.JIRA_WINS,
                null);
        assertThat(decision).isEqualTo(new Decision.Nothing());
    }

    /** Every pair, every look, every mapping, both policies: what must hold whatever the table above says. */
    @ParameterizedTest
    @MethodSource("everyCase")
    void carried_out_it_is_in_step_and_writes_only_what_must_follow(Case now) {
        Decision decision = DecisionRule.decide(now.agreed, now.faraday, now.jira, now.mapping, now.policy, null);
        boolean faradayMoved = now.faraday != now.agreed.faraday();
        boolean jiraMoved = !now.jira.sameAs(now.agreed.jira());
        assertThat(decision instanceof Decision.Nothing).isEqualTo(!faradayMoved && !jiraMoved);
        assertThat(decision).isNotInstanceOf(Decision.Blocked.class);

        FaradayStatus faraday = now.faraday;
        JiraStatus jira = now.jira;
        Decision.Act act = decision.act();
        if (act instanceof Decision.ApplyToFaraday apply) {
            assertThat(jiraMoved).as("Faraday follows only a Jira that moved").isTrue();
            assertThat(apply.target())
                    .isNotEqualTo(faraday)
                    .isEqualTo(now.mapping.in(jira).orElseThrow());
            faraday = apply.target();
        } else if (act instanceof Decision.DriveJira drive) {
            assertThat(faradayMoved)
                    .as("Jira follows only a Faraday that moved")
                    .isTrue();
            assertThat(drive.target().sameAs(jira)).isFalse();
            assertThat(drive.target()).isEqualTo(now.mapping.out(faraday).orElseThrow());
            jira = drive.target();
        }
        if (decision instanceof Decision.Conflict) {
            assertThat(faradayMoved && jiraMoved).isTrue();
            assertThat(act instanceof Decision.ApplyToFaraday).isEqualTo(now.policy == ConflictPolicy.JIRA_WINS);
        }
        assertThat(DecisionRule.decide(new StatusPair(faraday, jira), faraday, jira, now.mapping, now.policy, null))
                .isEqualTo(new Decision.Nothing());
    }

    record Case(
            StatusPair agreed, FaradayStatus faraday, JiraStatus jira, StatusMapping mapping, ConflictPolicy policy) {}

    static Stream<Case> everyCase() {
        return Stream.of(MAPPING, SILENT, StatusMapping.NONE).flatMap(mapping -> Stream.of(ConflictPolicy.values())
                .flatMap(policy -> Stream.of(FaradayStatus.values()).flatMap(f0 -> JIRA.stream()
                        .flatMap(j0 -> Stream.of(FaradayStatus.values()).flatMap(f -> JIRA.stream()
                                .map(j -> new Case(
                                        new StatusPair(f0, JiraStatus.named(j0)),
                                        f,
                                        JiraStatus.named(j),
                                        mapping,
                                        policy)))))));
    }

    private static Decision decide(
            StatusMapping mapping,
            String f0,
            String j0,
            String f,
            String j,
            ConflictPolicy policy,
            @org.jspecify.annotations.Nullable BlockReason reason) {
        return DecisionRule.decide(
                new StatusPair(FaradayStatus.of(f0), JiraStatus.named(j0)),
                FaradayStatus.of(f),
                JiraStatus.named(j),
                mapping,
                policy,
                reason);
    }

    private static String inWords(Decision decision) {
        if (decision instanceof Decision.Conflict conflict) {
            return "conflict>" + inWords(conflict.resolution());
        }
        if (decision instanceof Decision.ApplyToFaraday apply) {
            return "faraday:" + apply.target();
        }
        if (decision instanceof Decision.DriveJira drive) {
            return "jira:" + drive.target().name();
        }
        return decision instanceof Decision.Nothing ? "nothing" : "settle";
    }
}
