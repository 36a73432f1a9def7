package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs of docs/api.md, as they stand there: what they have sent survives the death of an external broker, and what
 * they have subscribed to waits for them.
 */
@Tag("long")
class PythonSnippetsIT {

    private static final Duration SOON = Duration.ofSeconds(120);

    private static Optional<String> python = Optional.empty();
    private static ChaosWorld world;
    private static BridgeProcess bridge;

    @BeforeAll
    static void start() {
        python = Stream.of("python3", "/usr/bin/python3")
                .filter(PythonSnippetsIT::knowsTheLibraries)
                .findFirst();
        assumeTrue(
                python.isPresent(),
                "skipped, there is no Python with stomp and proton: apt-get install python3-stomp python3-qpid-proton");
        world = new ChaosWorld(SandboxJira.Options.dataCenter());
        bridge = world.with("bridge.events.enabled", true)
                .bridge("bridge")
                .start()
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static boolean knowsTheLibraries(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import stomp, proton")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> snippets(Predicate<String> which, int count) throws IOException {
        List<String> snippets = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/api.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(which)
                .map(snippet -> snippet.replaceAll("\\b(61613|5672)\\b", Integer.toString(world.artemis.port())))
                .toList();
        assertThat(snippets).hasSize(count);
        return snippets;
    }

    static List<String> producers() throws IOException {
        return snippets(snippet -> !snippet.contains("subscribe"), 2);
    }

    @ParameterizedTest
    @MethodSource("producers")
    void a_message_survives_the_death_of_the_broker_and_is_worked_on(String snippet) throws Exception {
        List<Integer> one = world.vulnerabilities(1);
        world.export(one);
        await().atMost(SOON).until(() -> world.unlinked(one) == 0);
        String hinted = "faraday_bridge.issue_link WHERE faraday_hints > 0 AND vulnerability_id = " + one.get(0);
        assertThat(world.count(hinted)).isZero();
        bridge.kill();

        run(snippet.replace("17", one.get(0).toString()));
        world.artemis.kill();
        world.artemis.start();
        bridge.start().awaitReady();

        await().atMost(SOON).until(() -> world.count(hinted) == 1);
    }

    private static void run(String snippet) throws Exception {
        Process run = new ProcessBuilder(python.orElseThrow(), "-c", snippet)
                .redirectErrorStream(true)
                .start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(output).isZero();
    }

    @Test
    void a_subscriber_gets_each_event_although_it_was_away() throws Exception {
        String snippet = snippets(text -> text.contains("subscribe"), 1).get(0);
        List<Integer> two = world.vulnerabilities(2);
        try (Subscriber subscriber = new Subscriber(snippet)) {
            // it has subscribed when an event comes, so exports go on until then
            await().atMost(SOON).until(() -> {
                world.export(world.vulnerabilities(1));
                return subscriber.printed().contains(" exported ");
            });
            world.export(two.subList(0, 1));
            await().atMost(SOON).until(() -> subscriber.printed().contains(" exported " + two.get(0) + " SEC-"));
        }
        world.export(two.subList(1, 2));
        await().atMost(SOON).until(() -> world.unlinked(two) == 0);

        try (Subscriber again = new Subscriber(snippet)) {
            await().atMost(SOON).until(() -> again.printed().contains(" exported " + two.get(1) + " SEC-"));
            assertThat(again.printed()).as("what it had acknowledged").doesNotContain(" exported " + two.get(0) + " ");
        }
    }

    /** The program of the document as a process. */
    private static final class Subscriber implements AutoCloseable {

        private final Path output = world.folder.resolve("subscriber-" + System.nanoTime() + ".log");
        private final Process process;

        Subscriber(String snippet) throws IOException {
            process = new ProcessBuilder(python.orElseThrow(), "-c", snippet)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        String printed() throws IOException {
            String printed = Files.readString(output);
            assertThat(process.isAlive()).as(printed).isTrue();
            return printed;
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
