package io.faradaybridge.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.configuration.ConflictPolicy;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.link.decision.Decision;
import io.faradaybridge.link.decision.DecisionRule;
import io.faradaybridge.link.decision.StatusPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random histories over any mapping: people move both sides, looks are late, a crash comes between a write and its commit. */
class DecisionHistoriesTest {

    private static final List<JiraStatus> JIRA = List.of(
            new JiraStatus("1", "To Do"),
            new JiraStatus("2", "In Progress"),
            new JiraStatus("3", "In Review"),
            new JiraStatus("4", "Done"),
            new JiraStatus("5", "Rejected"));

    enum Kind {
        PERSON_IN_FARADAY,
        PERSON_IN_JIRA,
        LOOK,
        /** The write reaches its side, the pair is never saved. */
        LOOK_AND_CRASH
    }

    record Event(Kind kind, FaradayStatus faraday, JiraStatus jira) {}

    @Property(tries = 20_000)
    void settles_with_at_most_one_write_after_the_last_change_by_a_person(
            @ForAll("mappings") StatusMapping mapping,
            @ForAll ConflictPolicy policy,
            @ForAll("histories") List<Event> history) {
        World world = new World(mapping, policy);
        history.forEach(world::happens);
        world.writes = 0;

        for (int look = 0; look < 3; look++) {
            world.look(false);
        }

        assertThat(world.writes).isLessThanOrEqualTo(1);
        assertThat(DecisionRule.decide(world.agreed, world.faraday, world.jira, mapping, policy, null))
                .isEqualTo(new Decision.Nothing());
    }

    @Property(tries = 20_000)
    void a_change_by_one_person_on_a_link_in_step_reaches_the_other_side(
            @ForAll("mappings") StatusMapping mapping,
            @ForAll ConflictPolicy policy,
            @ForAll("histories") List<Event> history,
            @ForAll FaradayStatus changed) {
        World world = new World(mapping, policy);
        history.forEach(world::happens);
        world.look(false);
        world.look(false);
        JiraStatus before = world.jira;

        world.faraday = changed;
        world.look(false);

        boolean moved = changed != world.agreedBefore.faraday();
        Optional<JiraStatus> out = mapping.out(changed);
        boolean agreesAlready = mapping.in(before).equals(Optional.of(changed));
        assertThat(world.faraday)
                .as("a person's change on a quiet link is never undone")
                .isEqualTo(changed);
        if (moved && out.isPresent() && !agreesAlready) {
            assertThat(world.jira).isEqualTo(out.get());
        } else {
            assertThat(world.jira).isEqualTo(before);
        }
    }

    private static final class World {
        final StatusMapping mapping;
        final ConflictPolicy policy;
        FaradayStatus faraday = FaradayStatus.OPEN;
        JiraStatus jira = JIRA.get(0);
        StatusPair agreed = new StatusPair(faraday, jira);
        StatusPair agreedBefore = agreed;
        int writes;

        World(StatusMapping mapping, ConflictPolicy policy) {
            this.mapping = mapping;
            this.policy = policy;
        }

        void happens(Event event) {
            switch (event.kind()) {
                case PERSON_IN_FARADAY -> faraday = event.faraday();
                case PERSON_IN_JIRA -> jira = event.jira();
                case LOOK -> look(false);
                case LOOK_AND_CRASH -> look(true);
            }
        }

        void look(boolean crash) {
            agreedBefore = agreed;
            Decision decision = DecisionRule.decide(agreed, faraday, jira, mapping, policy, null);
            if (decision.act() instanceof Decision.ApplyToFaraday apply) {
                if (crash) {
                    return; // Faraday's status and the pair are one transaction
                }
                faraday = apply.target();
                writes++;
            } else if (decision.act() instanceof Decision.DriveJira drive) {
                jira = drive.target();
                writes++;
            }
            if (!crash) {
                agreed = new StatusPair(faraday, jira);
            }
        }
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.of(FaradayStatus.class), Arbitraries.of(JIRA))
                .as(Event::new)
                .list()
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<StatusMapping> mappings() {
        Arbitrary<Map<String, FaradayStatus>> incoming =
                Arbitraries.maps(Arbitraries.of(JIRA).map(JiraStatus::name), Arbitraries.of(FaradayStatus.class));
        Arbitrary<Map<FaradayStatus, JiraStatus>> outgoing =
                Arbitraries.maps(Arbitraries.of(FaradayStatus.class), Arbitraries.of(JIRA));
        return Combinators.combine(incoming, outgoing)
                .as((in, out) -> new StatusMapping(new HashMap<>(in), new HashMap<>(out)));
    }
}
