package io.faradaybridge.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Jira counts the calls of all replicas together, so what one of them is told holds for all. */
class SharedLimitStoryTest {

    private static final Duration ASKED = Duration.ofSeconds(8);
    /** Until a replica looks at the row, and the calls that had begun are over. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private BridgeWorld world;

    @AfterEach
    void leave() {
        world.close();
    }

    @Test
    @Tag("long")
    void one_429_slows_all_replicas() {
        world = BridgeWorld.asleep(SandboxJira.Options.cloud())
                .with("bridge.sweep.interval", "1h")
                .start();
        List<Link> links = Link.exported(world, "SEC", 20);
        links.forEach(Link::awaitQuiet);
        try (ConfigurableApplicationContext other = world.startAnother()) {
            world.jira().clearRequests();
            world.jira().faults().next(1, "*", "^/rest/", Fault.tooManyRequests(ASKED));
            world.setStatus(links.get(0).vulnerability(), "closed");
            await().until(() -> refused().isPresent());
            Instant told = refused().orElseThrow();
            await().until(() -> Instant.now().isAfter(told.plus(NOTICED)));

            links.forEach(link -> world.setStatus(link.vulnerability(), "closed"));

            links.forEach(link -> link.awaitJira("Done"));
            assertThat(world.jira().requests())
                    .filteredOn(call -> call.at().isAfter(told.plus(NOTICED)))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.at()).isAfter(told.plus(ASKED)));
            assertThat(world.outcomes(links.get(0).vulnerability())).doesNotContain("blocked");
            await("both to be at work again")
                    .until(() -> world.bean(JiraAvailability.class).available()
                            && other.getBean(JiraAvailability.class).available());
        }
    }

    private Optional<Instant> refused() {
        return world.jira().requests().stream()
                .filter(call -> call.status() == 429)
                .map(ReceivedCall::at)
                .findFirst();
    }
}
