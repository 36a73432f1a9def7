package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SampleFaraday;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The bridge must stop, as at every update. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("long")
class StopTest {

    private static final Pattern TROUBLE = Pattern.compile("WARN|ERROR|Exception|\tat ");

    @Test
    void a_stop_says_nothing_that_an_operator_would_have_to_look_into(CapturedOutput log) {
        saysNothing(log);
    }

    @RepeatedTest(2)
    @Tag("long")
    void nor_does_it_where_it_comes_at_another_moment(CapturedOutput log) {
        saysNothing(log);
    }

    @Test
    void a_call_that_has_begun_ends_and_nothing_new_is_taken() {
        try (BridgeWorld world = BridgeWorld.of(SandboxJira.Options.dataCenter())) {
            List<Link> links = Link.exported(world, "SEC", 2);
            links.forEach(link -> link.webhooksCome().awaitQuiet());
            world.jira().faults().next(1, "POST", "/transitions$", Fault.slowAnswer(Duration.ofSeconds(5)));
            world.setStatus(links.get(0).vulnerability(), "closed");
            links.get(0).awaitJira("Done"); // and the answer is on its way

            CompletableFuture<Void> stop = CompletableFuture.runAsync(world::stop);
            await().until(() -> !ready(world));
            world.setStatus(links.get(1).vulnerability(), "closed");
            stop.join();

            assertThat(world.rows().sql("""
                                SELECT faraday_status || ', ' || jira_status_name FROM faraday_bridge.issue_link
                                 WHERE driving_since IS NULL AND lease_token IS NULL ORDER BY id""").query(String.class).list()).containsExactly("closed, Done", "open, To Do");
            assertThat(links.get(1).jira()).isEqualTo("To Do");
        }
    }

    private static boolean ready(BridgeWorld world) {
        try {
            return world.readiness().equals("UP");
        } catch (UncheckedIOException gone) {
            return false;
        }
    }

    private static void saysNothing(CapturedOutput log) {
        try (BridgeWorld world = BridgeWorld.of(SandboxJira.Options.dataCenter())) {
            List<Link> links = Link.exported(world, "SEC", 20);
            world.jira().automation(world.webhookUrl(), SampleFaraday.TOKEN_OF_ADMIN);
            for (int i = 0; i < links.size(); i += 2) {
                world.setStatus(links.get(i).vulnerability(), "closed");
                world.jira().movePerson(links.get(i + 1).issueKey(), "Done");
            }
            int before = log.getAll().length();

            world.stop();

            assertThat(log.getAll().substring(before).lines())
                    .noneMatch(line -> TROUBLE.matcher(line).find());
        }
    }
}
