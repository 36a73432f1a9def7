package io.faradaybridge.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever reaches the webhook or the queues, with or without a valid token, sends what they like. The bridge answers from a
 * short list, changes nothing, does not grow, and works on.
 */
@Tag("long")
class HostileInputIT {

    /** Everything of Faraday's that the bridge may write, and who may call it. */
    private static final List<String> FARADAY = List.of(
            "vulnerability",
            "workspace",
            "severities_histogram",
            "vulnerability_status_history",
            "configuration",
            "user_token",
            "faraday_user");

    private static final int WEBHOOKS = Sizes.HOSTILE / 4 * 3;
    private static final int MESSAGES = Sizes.HOSTILE - WEBHOOKS;
    private static final int SENDERS = 6;
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final long MAY_GROW = 24 * 1024 * 1024;

    private final ChaosWorld world = new ChaosWorld(SandboxJira.Options.dataCenter());
    private final BridgeProcess bridge = world.bridge("bridge").start();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final Map<Integer, AtomicInteger> answers = new TreeMap<>();
    private final Map<HostileMessages.Fate, Integer> fates = new EnumMap<>(HostileMessages.Fate.class);
    private final Map<String, String> surprises = new ConcurrentSkipListMap<>();
    private List<Integer> linked;

    @BeforeEach
    void link() {
        bridge.awaitReady();
        linked = world.vulnerabilities(8);
        world.export(linked);
        world.awaitLinked(linked, SOON);
        awaitQuiet();
    }

    @AfterEach
    void stop() {
        senders.shutdownNow();
        world.close();
    }

    @Test
    void hostile_webhooks_and_messages_change_nothing() throws Exception {
        System.out.println("chaos.seed = " + Sizes.SEED + ", chaos.hostile = " + Sizes.HOSTILE);
        List<String> before = state();
        long began = System.nanoTime();

        attack(0, 1);
        long first = bridge.liveBytes();
        attack(1, 4);
        awaitQuiet();

        long last = bridge.liveBytes();
        int dead = world.count("faraday_bridge.dead_letter");
        System.out.println(WEBHOOKS + " hostile webhooks answered " + answers + ", " + MESSAGES + " hostile messages "
                + fates + ": " + dead + " dead letters; heap in use " + first / 1024 + " KiB after a quarter, "
                + last / 1024 + " KiB at the end; "
                + world.count("faraday_bridge.activity") + " rows of activity, "
                + world.count("faraday_bridge.unlinked_hint") + " of unlinked hints, "
                + world.count("faraday_bridge.export_item") + " export items, log "
                + bridge.log().length() / 1024
                + " KiB; " + (System.nanoTime() - began) / 1_000_000_000 + " s");

        assertThat(surprises).as("answers outside the promised ones").isEmpty();
        assertThat(state()).isEqualTo(before);
        assertThat(answers.getOrDefault(503, new AtomicInteger()).get())
                .as("a hostile webhook is no outage")
                .isLessThanOrEqualTo(WEBHOOKS / 100);
        assertThat(dead)
                .as("every unusable message waits for a person, once")
                .isBetween(
                        fates.get(HostileMessages.Fate.DEAD),
                        fates.get(HostileMessages.Fate.DEAD) + fates.get(HostileMessages.Fate.EITHER));
        assertThat(world.count("faraday_bridge.activity"))
                .as("a dead letter has its row, the rest leaves hardly any")
                .isLessThan(dead + 200);
        assertThat(world.count("faraday_bridge.unlinked_hint")).isLessThan(6000);
        assertThat(bridge.log().length()).as("the log").isLessThan(1_000_000 + 1500L * Sizes.HOSTILE);
        assertThat(last - first).as("growth of the heap").isLessThan(MAY_GROW);
        assertThat(world.jira.rejectedSignatures()).isEmpty();

        stillWorks();
    }

    /** Webhooks from several threads and messages from one, from a quarter to another. */
    private void attack(int fromQuarter, int toQuarter) throws Exception {
        HostileWebhooks webhooks = new HostileWebhooks(
                Sizes.SEED,
                bridge.port(),
                linked.stream().map(world::key).toList(),
                linked.stream().map(world::issue).map(SandboxIssue::id).toList());
        AtomicInteger next = new AtomicInteger(WEBHOOKS / 4 * fromQuarter);
        int end = toQuarter == 4 ? WEBHOOKS : WEBHOOKS / 4 * toQuarter;
        Callable<Void> post = () -> {
            for (int n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
                post(webhooks.nth(n), n);
            }
            return null;
        };
        Callable<Void> send = () -> {
            try (HostileMessages messages = new HostileMessages(world.artemis.port(), linked)) {
                for (int n = MESSAGES / 4 * fromQuarter; n < MESSAGES / 4 * toQuarter; n++) {
                    fates.merge(messages.send(new Random(Sizes.SEED * 37 + n)), 1, Integer::sum);
                }
            }
            return null;
        };
        for (Future<Void> work : senders.invokeAll(
                Stream.concat(Stream.of(send), IntStream.range(1, SENDERS).mapToObj(i -> post))
                        .toList())) {
            work.get();
        }
    }

    private void post(HostileWebhook webhook, int n) {
        int answer = RawHttp.send(bridge.port(), webhook.bytes());
        synchronized (answers) {
            answers.computeIfAbsent(answer, status -> new AtomicInteger()).incrementAndGet();
        }
        if (!webhook.answers().contains(answer)) {
            surprises.merge(answer + " to " + webhook.kind(), "first: number " + n, (first, again) -> first);
        }
    }

    /** Rows by their whole content, issues, and what the links say both sides agreed on. */
    private List<String> state() {
        return Stream.of(
                        FARADAY.stream()
                                .map(table -> table + " "
                                        + world.text(
                                                "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                                                        + " FROM " + table + " t")),
                        world.jira.issues().stream()
                                .map(issue -> issue.key() + " " + issue.statusName() + " " + issue.transitions()),
                        world
                                .rows
                                .sql("SELECT concat_ws(' ', vulnerability_id, issue_id, issue_key, faraday_status,"
                                        + " jira_status_id, ended_at, blocked_at, attempts, driving_since)"
                                        + " FROM faraday_bridge.issue_link ORDER BY id")
                                .query(String.class)
                                .list()
                                .stream())
                .flatMap(rows -> rows)
                .toList();
    }

    /** No message waits, no hint is unseen, nobody works. */
    private void awaitQuiet() {
        await("all messages consumed and all hints seen")
                .atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> messagesWaiting() == 0
                        && world.count("faraday_bridge.issue_link WHERE lease_token IS NOT NULL"
                                        + " OR hints <> hints_seen OR faraday_hints <> faraday_hints_seen")
                                == 0);
    }

    private int messagesWaiting() throws JMSException {
        int waiting = 0;
        try (ActiveMQConnectionFactory factory =
                        new ActiveMQConnectionFactory("tcp://localhost:" + world.artemis.port());
                Connection connection = factory.createConnection();
                Session session = connection.createSession()) {
            connection.start();
            for (String queue : List.of("vuln-status", "vuln-export", "dead-letter")) {
                try (QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
                    waiting += browser.getEnumeration().hasMoreElements() ? 1 : 0;
                }
            }
        }
        return waiting;
    }

    /** One change each way, by a webhook and by a message. */
    private void stillWorks() {
        int inJira = linked.get(0);
        int inFaraday = linked.get(1);
        world.jira.automation(world.webhook(bridge), world.token());

        world.jira.movePerson(world.key(inJira), "In Progress");
        world.rows
                .sql("UPDATE vulnerability SET status = 'closed' WHERE id = ?")
                .param(inFaraday)
                .update();
        world.send("vuln-status", "{\"vulnerability_id\": " + inFaraday + "}");

        await().atMost(SOON).until(() -> world.status(inJira).equals("re-opened"));
        await().atMost(SOON).until(() -> world.issue(inFaraday).statusName().equals("Done"));
        assertThat(world.issue(inFaraday).transitionsBy(SandboxConnection.SERVICE_ACCOUNT))
                .isEqualTo(1);
        assertThat(linked.stream().skip(2).map(world::status).collect(Collectors.toSet()))
                .containsExactly("open");
    }
}
