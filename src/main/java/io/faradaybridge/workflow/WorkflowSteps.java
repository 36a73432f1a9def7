package io.faradaybridge.workflow;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.fields.ScreenFields;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.jira.client.TransitionPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Chooses the next transition of an issue: the one to the target, or else the first hop of the way to it (L14). */
@Component
public class WorkflowSteps {

    private final IntegrationConfigurationSource configuration;
    private final KnownTransitions known;

    WorkflowSteps(IntegrationConfigurationSource configuration, KnownTransitions known) {
        this.configuration = configuration;
        this.known = known;
    }

    /**
     * @param from the issue's status, in which Jira offers the transitions
     * @param outcome the vulnerability's status, whose fields the transition sends
     * @param left the keys of the statuses that its way to this target has left
     */
    public TransitionPlan next(
            String projectKey,
            String issueType,
            JiraStatus from,
            JiraStatus target,
            FaradayStatus outcome,
            List<Transition> offered,
            List<String> left) {
        WorkflowSettings settings = configuration.current().workflow(projectKey);
        TransitionPlan direct = TransitionPlan.choose(
                offered, target, preferred(settings.fieldsOf(outcome).keySet()));
        boolean there = direct instanceof TransitionPlan.Make && left.size() < WorkflowSettings.MOST_HOPS;
        if (there || !settings.severalSteps()) {
            return direct;
        }
        WorkflowWay way = WorkflowWay.find(
                from, target, settings, Transition.targets(offered), known.of(projectKey, issueType), left);
        if (way instanceof WorkflowWay.None none) {
            return new TransitionPlan.Impossible(
                    direct instanceof TransitionPlan.Impossible impossible
                            ? impossible.reason() + "; " + none.reason()
                            : "the issue is not moved to '" + target.name() + "': " + none.reason());
        }
        List<JiraStatus> statuses = ((WorkflowWay.Found) way).statuses();
        return TransitionPlan.choose(offered, statuses.get(0)) instanceof TransitionPlan.Make first
                ? new TransitionPlan.Make(first.transition(), statuses.subList(1, statuses.size()))
                : direct;
    }

    /** The fewest required fields without a value first, then the most of the configured fields. */
    private static Comparator<Transition> preferred(Set<String> fields) {
        return Comparator.<Transition>comparingInt(transition ->
                        ScreenFields.missing(fields, transition.screen()).size())
                .thenComparing(transition -> -ScreenFields.shown(fields, transition.screen()));
    }
}
