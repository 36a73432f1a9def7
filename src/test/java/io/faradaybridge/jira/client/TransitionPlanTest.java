package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.Transition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionPlanTest {

    private static final Transition START = transition("11", "Start work", "3", "In Progress");
    private static final Transition DONE_WITH_SCREEN = transition("21", "Resolve", "6", "Done", "Resolution", "Team");
    private static final Transition DONE = transition("22", "Close", "6", "Done");
    private static final Transition DONE_TOO = transition("23", "Finish", "6", "Done");
    private static final Transition NOWHERE = transition("31", "Odd", "", "");

    @ParameterizedTest
    @CsvSource({
        "6, Done, 22",
        "'', done, 22",
        "'', ' Done ', 22",
        "6, Renamed meanwhile, 22",
        "3, In Progress, 11",
    })
    void takes_the_first_way_to_the_status_that_requires_nothing(String id, String name, String transition) {
        TransitionPlan plan = TransitionPlan.choose(
                List.of(NOWHERE, DONE_WITH_SCREEN, START, DONE, DONE_TOO), new JiraStatus(id, name));

        assertThat(plan).isInstanceOfSatisfying(TransitionPlan.Make.class, make -> assertThat(
                        make.transition().id())
                .isEqualTo(transition));
    }

    @ParameterizedTest
    @CsvSource({
        // a transition's own name is not the status it leads to
        "'', Close",
        "'', Resolved",
        "99, Done",
        "'', ''"
    })
    void lists_what_jira_offers_when_no_transition_leads_there(String id, String name) {
        assertThat(reason(List.of(START, DONE, NOWHERE), new JiraStatus(id, name)))
                .startsWith("Jira offers no transition to '" + name + "' from the present status; Jira offers:"
                        + " 'Start work' -> In Progress, 'Close' -> Done, 'Odd' -> a status it does not name.");
    }

    @Test
    void tries_the_way_that_asks_for_least_where_every_one_asks_for_something() {
        Transition asksForMore = transition("40", "Reject", "6", "Done", "Resolution", "Team", "Reason");

        assertThat(TransitionPlan.choose(List.of(START, asksForMore, DONE_WITH_SCREEN), JiraStatus.named("Done")))
                .isEqualTo(new TransitionPlan.Make(DONE_WITH_SCREEN));
    }

    @Test
    void suspects_the_permission_when_jira_offers_nothing() {
        assertThat(reason(List.of(), JiraStatus.named("Done"))).contains("permission Transition Issues");
    }

    private static String reason(List<Transition> offered, JiraStatus target) {
        return ((TransitionPlan.Impossible) TransitionPlan.choose(offered, target)).reason();
    }

    private static Transition transition(String id, String name, String toId, String toName, String... unmet) {
        return new Transition(
                id,
                name,
                new JiraStatus(toId, toName),
                Stream.of(unmet)
                        .map(field -> new CreateMetaField(field, field, true, false, "string", "", "", "", List.of()))
                        .toList());
    }
}
