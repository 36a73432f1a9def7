package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.configuration.ConflictPolicy;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.configuration.WorkflowSettings;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.answers.StatusChange;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.link.decision.DecisionRule;
import io.faradaybridge.link.decision.StatusPair;
import io.faradaybridge.link.decision.Transit;
import io.faradaybridge.workflow.WorkflowWay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * L14 with L7, L9 and L15 as a model: a workflow without shortcuts, people who change Faraday at any moment, and calls that are
 * made, lost, made without an answer or only claimed, with a crash after any of them. The decision, the way and what a look
 * concludes are the bridge's own; the row is a record in memory.
 */
class WayHistoriesTest {

    private static final JiraStatus TO_DO = new JiraStatus("1", "To Do");
    private static final JiraStatus IN_PROGRESS = new JiraStatus("2", "In Progress");
    private static final JiraStatus IN_REVIEW = new JiraStatus("3", "In Review");
    private static final JiraStatus DONE = new JiraStatus("4", "Done");
    private static final Map<String, List<JiraStatus>> STEPS = Map.of(
            "1", List.of(IN_PROGRESS),
            "2", List.of(TO_DO, IN_REVIEW),
            "3", List.of(IN_PROGRESS, DONE),
            "4", List.of(IN_REVIEW));
    private static final StatusMapping MAPPING = new StatusMapping(
            Map.of(
                    "To Do", FaradayStatus.OPEN,
                    "In Progress", FaradayStatus.RE_OPENED,
                    "Done", FaradayStatus.CLOSED),
            Map.of(
                    FaradayStatus.OPEN, TO_DO,
                    FaradayStatus.RE_OPENED, IN_PROGRESS,
                    FaradayStatus.CLOSED, DONE));
    private static final Myself OURSELVES = new Myself("bridge", "Bridge", "bridge");

    enum Call {
        MADE,
        ONLY_CLAIMED,
        MADE_WITHOUT_ANSWER,
        NOT_MADE_WITHOUT_ANSWER,
        MADE_AND_CRASHED_AFTER_SETTLING,
        ONLY_CLAIMED_AND_CRASHED_AFTER_SETTLING
    }

    /** A person changes Faraday, before, between or during calls, or not at all; a worker works. */
    record Turn(
            @Nullable FaradayStatus before,
            List<Call> calls,
            @Nullable FaradayStatus during,
            boolean sweep) {}

    @Property(tries = 20_000)
    void no_person_is_undone_and_the_issue_arrives_whatever_is_lost_on_its_way(@ForAll("turns") List<Turn> turns) {
        World world = new World();
        turns.forEach(world::happens);

        for (int quiet = 0; quiet < 4; quiet++) {
            world.happens(new Turn(null, List.of(), null, true));
        }

        assertThat(world.applied).as("nobody has moved the issue").isZero();
        assertThat(world.faraday).isEqualTo(world.wanted);
        assertThat(MAPPING.agree(world.faraday, world.jira))
                .as("%s and %s", world.faraday, world.jira)
                .isTrue();
        assertThat(world.agreed.transit()).isNull();
        assertThat(world.intention).isNull();
    }

    @Property(tries = 20_000)
    void no_hop_is_made_twice(@ForAll("calls") List<Call> calls) {
        World world = new World();
        world.happens(new Turn(FaradayStatus.CLOSED, calls, null, true));
        for (int quiet = 0; quiet < 4; quiet++) {
            world.happens(new Turn(null, List.of(), null, true));
        }

        assertThat(world.history)
                .extracting(move -> move.to().name())
                .containsExactly("In Progress", "In Review", "Done");
    }

    private static final class World {
        FaradayStatus faraday = FaradayStatus.OPEN;
        FaradayStatus wanted = FaradayStatus.OPEN;
        JiraStatus jira = TO_DO;
        final List<StatusChange> history = new ArrayList<>();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        StatusPair agreed = new StatusPair(faraday, jira);
        IssueLink.@Nullable UnseenDrive unseen;
        IssueLink.@Nullable Intention intention;
        boolean hinted;
        int applied;

        void happens(Turn turn) {
            if (turn.before() != null) {
                person(turn.before());
            }
            hinted |= turn.sweep();
            Iterator<Call> calls = turn.calls().iterator();
            boolean onward = false;
            FaradayStatus during = turn.during();
            for (int round = 0; round < 20; round++) {
                FaradayStatus seen = faraday;
                if (hinted || intention != null || (unseen != null && !(onward && sameWay(seen)))) {
                    look();
                }
                JiraStatus believed = hinted || !onward ? jira : agreed.jira();
                hinted = false;
                Decision decision =
                        DecisionRule.decide(agreed, seen, believed, MAPPING, ConflictPolicy.JIRA_WINS, null);
                if (!(decision.act() instanceof Decision.DriveJira drive)) {
                    if (decision.act() instanceof Decision.ApplyToFaraday apply) {
                        faraday = apply.target();
                        applied++;
                    }
                    agreed = new StatusPair(faraday, believed);
                    intention = null;
                    return;
                }
                Call call = calls.hasNext() ? calls.next() : Call.MADE;
                List<JiraStatus> way = way(believed, drive.target());
                StatusPair pair = way.size() == 1
                        ? new StatusPair(seen, way.get(0))
                        : new StatusPair(
                                agreed.faraday(),
                                way.get(0),
                                new Transit(drive.target().key(), left(drive.target(), believed))
                                        .leaving(List.of(believed.key())));
                tick();
                intention = new IssueLink.Intention(pair.faraday(), pair.jira(), now, pair.transit());
                boolean offered = believed.equals(jira);
                if (!offered && call != Call.NOT_MADE_WITHOUT_ANSWER && !claimed(call)) {
                    intention = null; // Jira refuses what it does not offer
                    hinted = true;
                    return;
                }
                if (offered && call.name().startsWith("MADE")) {
                    tick();
                    history.add(new StatusChange(jira, pair.jira(), "bridge", "Bridge", now));
                    jira = pair.jira();
                }
                if (during != null) {
                    person(during);
                    during = null;
                }
                if (call.name().endsWith("WITHOUT_ANSWER")) {
                    return;
                }
                settleDriven(believed);
                if (call.name().endsWith("AFTER_SETTLING")) {
                    return;
                }
                onward = pair.transit() != null;
                if (!onward && faraday == pair.faraday()) {
                    return;
                }
            }
            throw new AssertionError("no end");
        }

        private static boolean claimed(Call call) {
            return call.name().startsWith("ONLY_CLAIMED");
        }

        private void person(FaradayStatus status) {
            faraday = status;
            wanted = status;
        }

        private void tick() {
            now = now.plusSeconds(10);
        }

        private boolean sameWay(FaradayStatus seen) {
            return agreed.transit() != null
                    && MAPPING.out(seen).filter(agreed.transit()::leadsTo).isPresent();
        }

        /** As {@code LinkDrives.settleDriven}. */
        private void settleDriven(JiraStatus over) {
            IssueLink.Intention driven = Objects.requireNonNull(intention);
            List<String> way = new ArrayList<>(unseen == null ? List.of() : unseen.way());
            way.add(driven.to().key());
            unseen = new IssueLink.UnseenDrive(
                    unseen == null ? agreed : unseen.replaced(),
                    over,
                    unseen == null ? driven.since() : unseen.at(),
                    way);
            agreed = driven.pair();
            intention = null;
        }

        /** As {@code JiraObservation} and {@code DriveSights}. */
        private void look() {
            IssueSnapshot issue = new IssueSnapshot("1", "A-1", "1", "A", "Bug", jira, "", now, history);
            if (unseen != null) {
                boolean moved = jira.sameAs(agreed.jira())
                        || OwnTransition.since(issue, agreed.jira(), unseen.at(), OURSELVES)
                                .isPresent();
                if (!moved) {
                    agreed = unseen.valid(agreed, OwnTransition.newest(issue, unseen, OURSELVES));
                }
                unseen = null;
            }
            if (intention != null && OwnTransition.happened(issue, intention, null, now, OURSELVES)) {
                agreed = intention.pair();
                intention = null;
            }
        }

        private List<String> left(JiraStatus target, JiraStatus believed) {
            Transit transit = agreed.transit();
            return transit != null && transit.leadsTo(target) && agreed.jira().sameAs(believed)
                    ? transit.left()
                    : List.of();
        }

        private List<JiraStatus> way(JiraStatus from, JiraStatus target) {
            List<Transition> offered = STEPS.get(from.key()).stream()
                    .map(to -> new Transition(from.key() + to.key(), "Go", to, List.of()))
                    .toList();
            WorkflowWay way = WorkflowWay.find(
                    from,
                    target,
                    new WorkflowSettings(true, Map.of()),
                    Transition.targets(offered),
                    STEPS,
                    left(target, from));
            return ((WorkflowWay.Found) way).statuses();
        }
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        return Arbitraries.of(Call.class).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Turn>> turns() {
        Arbitrary<Optional<FaradayStatus>> person = Arbitraries.of(
                        FaradayStatus.OPEN, FaradayStatus.RE_OPENED, FaradayStatus.CLOSED)
                .optional();
        return Combinators.combine(person, calls(), person, Arbitraries.of(true, false))
                .as((before, calls, during, sweep) -> new Turn(before.orElse(null), calls, during.orElse(null), sweep))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
