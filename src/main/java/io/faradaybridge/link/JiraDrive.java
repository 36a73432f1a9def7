package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.SyncLag;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.jira.client.TransitionPlan;
import io.faradaybridge.jira.client.Transitions;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import io.faradaybridge.workflow.TransitionContent;
import io.faradaybridge.workflow.TransitionContents;
import io.faradaybridge.workflow.WorkflowSteps;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes Jira follow Faraday: chooses the transition, saves the intention before the call and the pair after it. The
 * flow makes the calls.
 */
@Component("jiraDrive")
public class JiraDrive {

    private final IssueLinks links;
    private final LinkDrives drives;
    private final Vulnerabilities vulnerabilities;
    private final Transitions transitions;
    private final WorkflowSteps steps;
    private final TransitionContents contents;
    private final JiraRequests requests;
    private final LinkEndings endings;
    private final Reconciliation reconciliation;
    private final Activity activity;
    private final SyncLag lag;
    private final TransactionOperations transaction;

    JiraDrive(
            IssueLinks links,
            LinkDrives drives,
            Vulnerabilities vulnerabilities,
            Transitions transitions,
            WorkflowSteps steps,
            TransitionContents contents,
            JiraRequests requests,
            LinkEndings endings,
            Reconciliation reconciliation,
            Activity activity,
            SyncLag lag,
            TransactionOperations transaction) {
        this.links = links;
        this.drives = drives;
        this.vulnerabilities = vulnerabilities;
        this.transitions = transitions;
        this.steps = steps;
        this.contents = contents;
        this.requests = requests;
        this.endings = endings;
        this.reconciliation = reconciliation;
        this.activity = activity;
        this.lag = lag;
        this.transaction = transaction;
    }

    /**
     * Chooses from the cached transitions of this project, issue type and status; without a cache entry it chooses
     * none.
     */
    public LinkWork planFromCache(LinkWork work) {
        if (work.askJira() || work.link().attempts() > 0) {
            return work; // the cache may hold the transition that Jira has refused before
        }
        return transitions
                .cached(work.link().projectKey(), work.link().issueType(), work.jira())
                .map(offered -> next(work, offered))
                .map(plan -> plan instanceof TransitionPlan.Make make ? taking(work, make, false) : work)
                .orElse(work);
    }

    /**
     * Chooses from the transitions that Jira offers now. If none leads to the target, the bridge first asks for the
     * issue's status if it was only assumed; otherwise the link is blocked, with the list of offered transitions.
     */
    public LinkWork plan(LinkWork work, JiraAnswer answer) {
        List<Transition> offered = JiraReader.transitions(answer.body());
        // if the status was only assumed, this list may be of another status; then Jira refuses, and it is read again
        transitions.remember(work.link().projectKey(), work.link().issueType(), work.jira(), offered);
        TransitionPlan plan = next(work, offered);
        if (plan instanceof TransitionPlan.Make make) {
            return taking(work, make, true);
        }
        String reason = ((TransitionPlan.Impossible) plan).reason();
        if (!work.observation().asked()) {
            return reconciliation.lookAgain(work, true);
        }
        if (!contents.givesNewIssue(
                work.link().projectKey(), work.vulnerability().status(), work.jira())) {
            return reconciliation.block(work, new BlockReason(BlockReason.REFUSED, reason));
        }
        LinkEndings.Replacement replacement = endings.replace(
                work, "the workflow does not lead back from " + work.jira() + ", so a new issue is created");
        if (replacement instanceof LinkEndings.Replacement.Impossible impossible) {
            return reconciliation.block(
                    work,
                    new BlockReason(
                            BlockReason.REFUSED, reason + "; nor can a new issue be created: " + impossible.why()));
        }
        return replacement instanceof LinkEndings.Replacement.Moved
                ? reconciliation.lookAgain(work, true)
                : work.closed();
    }

    private TransitionPlan next(LinkWork work, List<Transition> offered) {
        IssueLink link = work.link();
        return steps.next(
                link.projectKey(),
                link.issueType(),
                work.jira(),
                target(work),
                work.vulnerability().status(),
                offered,
                left(work));
    }

    /** If the configured values cannot be sent, the link is blocked. */
    private LinkWork taking(LinkWork work, TransitionPlan.Make make, boolean fresh) {
        IssueLink link = work.link();
        TransitionContents.Made made = contents.of(
                link.projectKey(),
                link.vulnerabilityId(),
                work.vulnerability().status(),
                make.transition(),
                make.then().isEmpty());
        return made.reason() == null
                ? work.withObservation(work.observation().taking(make.transition(), fresh, make.then(), made.content()))
                : reconciliation.block(work, new BlockReason(BlockReason.REFUSED, made.reason()));
    }

    /** The call of the transition. */
    public JiraRequest request(LinkWork work) {
        TransitionContent content = work.observation().content();
        return requests.transition(
                work.link().issueId(),
                Objects.requireNonNull(work.observation().transition()).id(),
                content.fields(),
                content.comment());
    }

    /** What the way to this target has left; a person's move or another target begins a new way. */
    private static List<String> left(LinkWork work) {
        StatusPair agreed = work.link().agreed();
        return agreed.transit() != null
                        && agreed.transit().leadsTo(target(work))
                        && agreed.jira().sameAs(work.jira())
                ? agreed.transit().left()
                : List.of();
    }

    /**
     * L8, L10, L12: saves the intention in the update that renews the lease; if that fails, another round follows. The row that
     * comes back has the hints of the look, so a later one is not covered (L3).
     */
    public LinkWork intend(LinkWork work) {
        return drives.intend(work, intended(work))
                .map(work::withLink)
                .orElseGet(() -> reconciliation.lookAgain(work, false));
    }

    /** L7, L14: the pair after the transition; Faraday's half changes only with the last hop. */
    private static StatusPair intended(LinkWork work) {
        JiraStatus to = Objects.requireNonNull(work.observation().transition()).to();
        if (work.observation().then().isEmpty()) {
            return new StatusPair(work.vulnerability().status(), to);
        }
        Transit transit = new Transit(target(work).key(), left(work));
        return new StatusPair(
                work.link().agreed().faraday(),
                to,
                transit.leaving(List.of(work.jira().key())));
    }

    /** Read by the flow: whether there is a transition to send. */
    public boolean ready(LinkWork work) {
        return work.open() && work.observation().transition() != null;
    }

    /**
     * L7: after a 204 the pair is what was driven. Then Faraday is read again; if it has moved, another round follows.
     * L15: the move of the issue is not confirmed yet. L14: after a hop that is not the last, the next one follows.
     */
    public LinkWork driven(LinkWork work, JiraAnswer answer) {
        IssueLink.Intention intention = Objects.requireNonNull(work.link().intention());
        Instant at = OwnTransition.onJirasClock(intention.since(), answer.jiraTime(), links.now());
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<IssueLink> settled = drives.settleDriven(work, intention, work.jira(), at);
            if (settled.isEmpty()) {
                return work.closed();
            }
            IssueLink now = settled.get();
            activity.record(
                    work.decision() instanceof Decision.Conflict ? Outcome.CONFLICT : Outcome.DRIVEN,
                    work.correlationId(),
                    work.link().vulnerabilityId(),
                    work.link().issueKey(),
                    "Faraday's '" + work.vulnerability().status() + "': issue moved "
                            + (work.observation().asked() ? "from " + work.jira() + " " : "") + "to " + intention.to()
                            + TransitionPlan.onward(work.observation().then())
                            + work.decision()
                                    .overwrites("Jira", work.link().agreed().jira(), work.jira()),
                    null,
                    IssueRequest.of(work.link().vulnerabilityId(), answer));
            if (intention.transit() != null) {
                return work.onward(now);
            }
            lag.driven(work.link().hintedAt());
            Optional<VulnerabilityState> faraday =
                    vulnerabilities.find(work.link().vulnerabilityId());
            boolean quiet = now.hints() == now.hintsSeen()
                    && faraday.filter(f -> f.status() == intention.from()).isPresent();
            if (quiet && links.rest(work.withLink(now))) {
                return work.closed();
            }
            return work.lookAgain(now, false);
        }));
    }

    private static JiraStatus target(LinkWork work) {
        return ((Decision.DriveJira) Objects.requireNonNull(work.decision().act())).target();
    }
}
