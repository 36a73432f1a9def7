package io.faradaybridge.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.jira.JiraStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowWayTest {

    /** Each status leads to those behind the arrow. */
    private static Map<String, List<JiraStatus>> workflow(String... lines) {
        Map<String, List<JiraStatus>> known = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split(" -> ");
            known.put(parts[0], statuses(parts[1]));
        }
        return known;
    }

    private static List<JiraStatus> statuses(String names) {
        return names.isEmpty()
                ? List.of()
                : Arrays.stream(names.split(", ")).map(WorkflowWayTest::status).toList();
    }

    private static JiraStatus status(String name) {
        return new JiraStatus(name, "Status " + name);
    }

    private static String way(
            String from, String target, WorkflowSettings settings, Map<String, List<JiraStatus>> known, String left) {
        WorkflowWay way = WorkflowWay.find(
                status(from),
                status(target),
                settings,
                known.getOrDefault(from, List.of()),
                known,
                statuses(left).stream().map(JiraStatus::id).toList());
        return way instanceof WorkflowWay.Found found
                ? String.join(
                        ", ", found.statuses().stream().map(JiraStatus::id).toList())
                : ((WorkflowWay.None) way).reason();
    }

    private static WorkflowSettings known() {
        return new WorkflowSettings(true, Map.of());
    }

    private static WorkflowSettings via(String target, String statuses) {
        return new WorkflowSettings(true, Map.of(status(target), statuses(statuses)));
    }

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
            todo; done; progress, review, done
            progress; done; review, done
            review; done; done
            review; todo; progress, todo
            """)
    void the_shortest_known_way_is_taken(String from, String target, String expected) {
        Map<String, List<JiraStatus>> strict =
                workflow("todo -> progress", "progress -> review, todo", "review -> progress, done");

        assertThat(way(from, target, known(), strict, "")).isEqualTo(expected);
    }

    @Test
    void what_jira_has_not_shown_is_no_way() {
        assertThat(way("todo", "done", known(), workflow("todo -> progress", "review -> done"), ""))
                .contains("no way of at most 6 transitions is known");
    }

    @Test
    void of_two_ways_of_one_length_none_is_taken() {
        assertThat(way("a", "done", known(), workflow("a -> b, c", "b -> done", "c -> done"), ""))
                .isEqualTo(
                        "several ways of 2 transitions lead there: 'Status b', 'Status done', or 'Status c', 'Status done'");
    }

    @Test
    void six_hops_are_the_most_counted_from_where_the_way_began() {
        Map<String, List<JiraStatus>> long7 =
                workflow("a -> b", "b -> c", "c -> d", "d -> e", "e -> f", "f -> g", "g -> h");

        assertThat(way("a", "g", known(), long7, "")).isEqualTo("b, c, d, e, f, g");
        assertThat(way("a", "h", known(), long7, "")).contains("no way of at most 6");
        assertThat(way("b", "h", known(), long7, "a")).contains("no way of at most 6");
        assertThat(way("b", "h", via("h", "b, c, d, e, f, g"), long7, "a")).contains("more than 6 transitions");
    }

    @Test
    void no_status_is_entered_twice() {
        Map<String, List<JiraStatus>> changed = workflow("b -> a", "a -> b, c", "c -> done");

        assertThat(way("b", "done", known(), changed, "a")).contains("no way");
        assertThat(way("b", "done", via("done", "b, a"), changed, "a")).contains("enters a status twice");
    }

    @ParameterizedTest(name = "from {0}: {1}")
    @CsvSource(delimiter = ';', textBlock = """
            todo; progress, review, done
            progress; review, done
            waiting; review, done
            """)
    void the_configured_way_is_taken_from_where_the_issue_is(String from, String expected) {
        Map<String, List<JiraStatus>> offers =
                workflow("todo -> progress, elsewhere", "progress -> review", "waiting -> review, todo");

        assertThat(way(from, "done", via("done", "progress, review"), offers, ""))
                .isEqualTo(expected);
    }

    @Test
    void a_configured_way_whose_next_status_jira_does_not_offer_is_not_left() {
        Map<String, List<JiraStatus>> offers = workflow("progress -> testing", "testing -> done");

        assertThat(way("progress", "done", via("done", "progress, review"), offers, ""))
                .isEqualTo("the configured way is 'Status progress', 'Status review', 'Status done', and Jira offers no"
                        + " transition to its next status");
    }
}
