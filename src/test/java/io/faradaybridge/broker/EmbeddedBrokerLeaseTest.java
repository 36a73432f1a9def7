package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.lease.Leases;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.FaradayDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two bridges that would each keep a broker inside, on one database. */
@Tag("long")
class EmbeddedBrokerLeaseTest {

    private final List<EmbeddedBrokerLease> leases = new ArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    private JdbcClient rows;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        rows = FaradayDatabase.shared().newBridgeDatabase().rows();
    }

    @AfterEach
    void stop() {
        leases.forEach(EmbeddedBrokerLease::stop);
    }

    private EmbeddedBrokerLease lease(String name) {
        EmbeddedBrokerLease lease = new EmbeddedBrokerLease(
                new Leases(rows), folder.resolve(name), Duration.ofSeconds(2), ended::incrementAndGet);
        leases.add(lease);
        return lease;
    }

    /** As if the holder had been killed: nothing renews its lease any more. */
    private void heldByOneThatWasKilled() {
        new Leases(rows).take("embedded-broker", "x", "on host-a, in /var/lib/bridge", Duration.ofSeconds(3));
    }

    @Test
    void the_second_does_not_start_and_says_who_is_there_and_what_to_do() {
        lease("first").start();

        assertThatThrownBy(() -> lease("second").start())
                .hasMessageContaining(folder.resolve("first").toString())
                .hasMessageContaining("bridge.broker.url");
    }

    @Test
    void the_lease_is_renewed_for_as_long_as_the_first_runs() {
        lease("first").start();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

        assertThatThrownBy(() -> lease("second").start()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_that_stopped_makes_room_at_once() {
        EmbeddedBrokerLease first = lease("first");
        first.start();
        first.stop();

        assertThatCode(() -> lease("second").start()).doesNotThrowAnyException();
    }

    @Test
    void one_that_was_killed_is_back_at_once_on_its_own_folder() {
        lease("first").start();

        assertThatCode(() -> lease("first").start()).doesNotThrowAnyException();
    }

    @Test
    void another_waits_until_the_lease_of_one_that_was_killed_is_over() {
        heldByOneThatWasKilled();
        assertThatThrownBy(() -> lease("second").start()).hasMessageContaining("host-a");

        await().ignoreExceptions().untilAsserted(() -> lease("third").start());
    }

    @Test
    void a_holder_that_was_frozen_and_overtaken_ends_itself() {
        lease("first").start();
        rows.sql("UPDATE faraday_bridge.lease SET holder = 'another', held_until = held_until + interval '1 hour'")
                .update();

        await().until(() -> ended.get() == 1);
        assertThat(ended).hasValue(1);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_second_bridge_on_the_database_refuses_to_start_and_says_what_to_do(CapturedOutput log) {
        BridgeWorld first = BridgeWorld.shared();
        try (BridgeWorld second = BridgeWorld.asleep(io.faradaybridge.sandbox.jira.SandboxJira.Options.dataCenter())) {
            second.with("bridge.database.url", first.database().jdbcUrl())
                    .with("bridge.database.username", first.database().username())
                    .with("bridge.database.password", first.database().password());

            int before = log.getAll().length();
            assertThatThrownBy(second::start).hasStackTraceContaining("Another bridge with an embedded broker");
            assertThat(log.getAll().substring(before))
                    .contains(
                            "APPLICATION FAILED TO START",
                            "Another bridge with an embedded broker",
                            "bridge.broker.url")
                    .doesNotContain("\tat ");
        }
    }
}
