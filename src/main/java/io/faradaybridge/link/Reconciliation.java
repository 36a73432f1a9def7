package io.faradaybridge.link;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.SyncLag;
import io.faradaybridge.configuration.Direction;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.DirtyWorkspaces;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.faraday.VulnerabilityState;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.client.AskedTogether;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.link.decision.BlockReason;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.link.decision.DecisionRule;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The steps of a link's work, called by name from the flows: lease, look at Faraday, look at Jira, decide, apply or
 * settle. {@link JiraDrive} drives Jira, {@link LinkFailures} handles failures. No transaction is open during a call of
 * Jira.
 */
@Component("reconciliation")
public class Reconciliation {

    private final IssueLinks links;
    private final Vulnerabilities vulnerabilities;
    private final DirtyWorkspaces dirtyWorkspaces;
    private final IntegrationConfigurationSource configuration;
    private final ActingUser actingUser;
    private final JiraObservation jiraLook;
    private final ProjectWebhooks webhooks;
    private final JiraAvailability availability;
    private final AskedTogether together;
    private final LinkEndings endings;
    private final Activity activity;
    private final SyncLag lag;
    private final TransactionOperations transaction;

    Reconciliation(
            IssueLinks links,
            Vulnerabilities vulnerabilities,
            DirtyWorkspaces dirtyWorkspaces,
            IntegrationConfigurationSource configuration,
            ActingUser actingUser,
            JiraObservation jiraLook,
            ProjectWebhooks webhooks,
            JiraAvailability availability,
            AskedTogether together,
            LinkEndings endings,
            Activity activity,
            SyncLag lag,
            TransactionOperations transaction) {
        this.links = links;
        this.vulnerabilities = vulnerabilities;
        this.dirtyWorkspaces = dirtyWorkspaces;
        this.configuration = configuration;
        this.actingUser = actingUser;
        this.jiraLook = jiraLook;
        this.webhooks = webhooks;
        this.availability = availability;
        this.together = together;
        this.endings = endings;
        this.activity = activity;
        this.lag = lag;
        this.transaction = transaction;
    }

    /**
     * Leases the link (L1); null if another worker holds it, Jira is away or is asked about several links together: the
     * row stays due.
     */
    public @Nullable LinkWork lease(LinkHint hint) {
        if (!availability.available() || together.atWork()) {
            return null;
        }
        UUID token = UUID.randomUUID();
        return links.lease(hint.linkId(), token)
                .map(link -> LinkWork.leased(link, token, hint.correlationId()))
                .orElse(null);
    }

    /** The detector's links are already leased. If Jira has gone away since, they are released and stay due. */
    public @Nullable LinkWork lease(LinkWork leased) {
        if (!availability.available()) {
            links.release(leased);
            return null;
        }
        return leased;
    }

    /**
     * Reads Faraday first (L6). Assumes Jira's status if L12 allows it and, before a drive, the project's webhooks
     * arrive. Ends a link whose vulnerability was deleted.
     */
    public LinkWork lookAtFaraday(LinkWork work) {
        Optional<ProjectSettings> project = workable(work.link());
        if (project.isEmpty()) {
            links.release(work);
            return work.closed();
        }
        Optional<VulnerabilityState> found = vulnerabilities.find(work.link().vulnerabilityId());
        if (found.isEmpty()) {
            endings.deleted(work);
            return work.closed();
        }
        if (endings.unlinked(work, found.get())) {
            return work.closed();
        }
        FaradayStatus faraday = found.get().status();
        Observation observation = work.observation()
                .seeingFaraday(found.get(), project.get().workflow().severalSteps());
        StatusPair agreed = work.link().agreed();
        boolean driven = agreed.transit() != null || faraday != agreed.faraday();
        boolean assumed = !work.withObservation(Observation.NOTHING_YET).mustAskJira()
                && (!driven || webhooks.alive(work.link().projectKey()))
                && (!work.onward() || sameWay(project.get(), faraday, agreed.transit()));
        return work.withObservation(assumed ? observation.seeingJira(agreed.jira(), false) : observation);
    }

    /** L14: the next hop follows without a look only while Faraday still wants the issue at the end of the same way. */
    private static boolean sameWay(ProjectSettings project, FaradayStatus faraday, @Nullable Transit transit) {
        return transit != null
                && project.mapping().out(faraday).filter(transit::leadsTo).isPresent();
    }

    /** Evaluates Jira's answer about the issue. */
    public LinkWork lookAtJira(LinkWork asked, JiraAnswer answer) {
        return jiraLook.on(asked, answer);
    }

    /** Decides; if the block still applies, the work ends instead (L5). */
    public LinkWork decide(LinkWork work) {
        if (!work.open()) {
            return work;
        }
        IssueLink link = work.link();
        Optional<ProjectSettings> project = workable(link);
        if (project.isEmpty()) {
            links.release(work);
            return work.closed();
        }
        FaradayStatus faraday = work.vulnerability().status();
        IssueLink.Block block = link.block();
        JiraStatus known = block == null ? link.agreed().jira() : block.jira();
        if (!work.jira().sameAs(known) && link.hintUserId() == null) {
            webhooks.missed(link);
        }
        BlockReason reason = actingUser.blockReason(work);
        Predicate<Direction> open = direction -> configuration.current().open(link.projectKey(), direction);
        boolean curedHere = block != null && block.reason().curedWithout(reason, open);
        if (block != null
                && !curedHere
                && block.stillStands(faraday, work.jira(), project.get().mappingVersion())) {
            return links.staysBlocked(work) ? work.closed() : lookAgain(work, true);
        }
        Decision decision = DecisionRule.decide(
                link.agreed(),
                faraday,
                work.jira(),
                project.get().mapping(),
                project.get().policy(),
                reason);
        LinkWork decided = work.withObservation(work.observation().deciding(decision));
        Decision.Act act = decision.act();
        if (act != null && !open.test(act.direction())) {
            return block(
                    decided, BlockReason.held(act.direction(), project.get().key()));
        }
        if (act instanceof Decision.DriveJira drive && link.unmoved() >= UnseenDrives.MOST_UNMOVED) {
            return block(decided, BlockReason.notMoved(link.unmoved(), work.jira(), drive.target()));
        }
        return decision instanceof Decision.Blocked blocked ? block(decided, blocked.reason()) : decided;
    }

    /** Sets the pair to what both sides show, without a change of either side. */
    public LinkWork settle(LinkWork work) {
        StatusPair seen = new StatusPair(work.vulnerability().status(), work.jira());
        if (work.decision() instanceof Decision.Nothing) {
            return links.settle(work, seen) ? work.closed() : lookAgain(work, false);
        }
        Decision.Settle settle = (Decision.Settle) work.decision();
        return inStep(
                work,
                seen,
                locked -> activity.record(
                        settle.agreed() ? Outcome.SETTLED : Outcome.IGNORED,
                        work.correlationId(),
                        locked.id(),
                        work.link().issueKey(),
                        settle.why() + ": settled on " + seen,
                        null));
    }

    /** Makes Faraday follow Jira: writes every row that keeps Faraday consistent, and the pair, in one transaction. */
    public LinkWork applyToFaraday(LinkWork work) {
        FaradayStatus target = ((Decision.ApplyToFaraday)
                        Objects.requireNonNull(work.decision().act()))
                .target();
        Integer userId = actingUser.userId(work);
        return inStep(work, new StatusPair(target, work.jira()), locked -> {
            vulnerabilities.changeStatus(locked, target, userId);
            dirtyWorkspaces.mark(locked.workspaceId());
            activity.record(
                    work.decision() instanceof Decision.Conflict ? Outcome.CONFLICT : Outcome.APPLIED,
                    work.correlationId(),
                    locked.id(),
                    work.link().issueKey(),
                    "Jira's " + work.jira() + ": vulnerability changed from '" + locked.status() + "' to '" + target
                            + "'"
                            + work.decision()
                                    .overwrites("Faraday", work.link().agreed().faraday(), locked.status()),
                    userId);
            lag.applied(work.link().hintedAt());
        });
    }

    /** Blocks the link, because the decision cannot be carried out (L5). */
    LinkWork block(LinkWork work, BlockReason reason) {
        String version =
                workable(work.link()).map(ProjectSettings::mappingVersion).orElse("");
        IssueLink.Block block = new IssueLink.Block(
                reason,
                work.vulnerability().status(),
                work.observation().jira() == null ? work.link().agreed().jira() : work.jira(),
                version);
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!links.block(work, block)) {
                return lookAgain(work, true);
            }
            if (reason.heldDirection().isEmpty()) {
                activity.record(
                        Outcome.BLOCKED,
                        work.correlationId(),
                        work.link().vulnerabilityId(),
                        work.link().issueKey(),
                        reason.text(),
                        null);
            }
            return work.closed();
        }));
    }

    /** Another round with the present row; closed if the lease was lost. */
    LinkWork lookAgain(LinkWork work, boolean ask) {
        return Objects.requireNonNull(
                transaction.execute(status -> links.heldAnew(work.link().id(), work.leaseToken())
                        .map(now -> work.lookAgain(now, ask))
                        .orElseGet(work::closed)));
    }

    /** The settings of the link's project, if it is active. */
    private Optional<ProjectSettings> workable(IssueLink link) {
        return configuration.current().atWork(link.projectKey());
    }

    private interface Effect {
        void on(VulnerabilityState locked);
    }

    /**
     * L6: locks the link, then the vulnerability, compares Faraday with what was read, then writes the effect and the
     * pair together. If Faraday has changed, another round follows.
     */
    private LinkWork inStep(LinkWork work, StatusPair agreed, Effect effect) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Optional<IssueLink> held = links.held(work.link().id(), work.leaseToken());
            if (held.isEmpty()) {
                return work.closed();
            }
            Optional<VulnerabilityState> locked =
                    vulnerabilities.lock(work.link().vulnerabilityId());
            boolean asRead = locked.isPresent()
                    && locked.get().status() == work.vulnerability().status();
            if (!asRead || held.get().hints() != work.link().hints() || !links.settle(work, agreed)) {
                return lookAgain(work, false);
            }
            effect.on(locked.get());
            return work.closed();
        }));
    }
}
