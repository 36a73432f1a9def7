package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.lease.Leases;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The state of the authorisation follows what Jira says, and its token is renewed before it ends. */
@Tag("long")
class AuthorizationWatchStoryTest {

    private static final Duration SOON = Duration.ofSeconds(90);

    private static BridgeWorld world;

    private Administrator administrator;

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(SandboxJira.Options.dataCenter().contextPath("/jira"))
                .with("bridge.sweep.interval", "1s")
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void authorise() {
        world.jira().calm();
        administrator = new Administrator(world, "faraday");
        administrator.done("DELETE", "connection/credentials", "");
        administrator.connect();
        administrator.link();
        administrator.authorise();
        world.rows()
                .sql("UPDATE faraday_bridge.token_renewal SET sent_for = NULL")
                .update();
        world.rows().sql("DELETE FROM faraday_bridge.lease").update();
        world.jira().clearRequests();
    }

    @AfterEach
    void calm() {
        thaw();
        world.jira().calm();
    }

    private static String token() {
        return world.bean(CredentialStore.class).find().orElseThrow().token();
    }

    private static long renewals() {
        return world.jira().requests().stream()
                .filter(call -> call.path().endsWith("/access-token"))
                .count();
    }

    private void awaitState(String state) {
        await("the row to say " + state)
                .atMost(SOON)
                .until(() -> administrator.state().equals(state));
    }

    /** As it is when a token of an hour has some minutes left. */
    private static void nearsItsEnd() {
        StoredCredentials now = world.bean(CredentialStore.class).find().orElseThrow();
        world.bean(CredentialStore.class)
                .save(new StoredCredentials(
                        now.type(),
                        now.site(),
                        now.consumerKey(),
                        now.token(),
                        now.tokenSecret(),
                        now.sessionHandle(),
                        now.email(),
                        Instant.now().minus(Duration.ofHours(1)),
                        Instant.now().plus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofDays(30)),
                        "",
                        ""));
    }

    private static void minutesPass() {
        world.rows()
                .sql("UPDATE faraday_bridge.lease SET held_until = held_until - interval '10 minutes'")
                .update();
    }

    /** The database takes no secret. */
    private static void freeze() {
        world.rows()
                .sql("ALTER TABLE faraday_bridge.secret ADD CONSTRAINT frozen CHECK (false) NOT VALID")
                .update();
    }

    private static void thaw() {
        world.rows()
                .sql("ALTER TABLE faraday_bridge.secret DROP CONSTRAINT IF EXISTS frozen")
                .update();
    }

    private static List<String> stateChanges() {
        return world.rows()
                .sql("SELECT username || ': ' || (before ->> 'authorization_state') || ' -> '"
                        + " || (after ->> 'authorization_state') FROM faraday_bridge.setup_change"
                        + " WHERE what = 'connection.authorization_state' ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void a_revoked_access_is_noticed_and_reported_and_work_waits_until_it_is_back() {
        int before = stateChanges().size();
        String token = token();
        world.jira().revokeToken(token);
        List<Integer> one = world.vulnerabilities(1);
        world.export(one, "SEC");

        awaitState("unauthorized");
        assertThat(administrator.connection().path("problem").path("code").asText())
                .isEqualTo("token_rejected");
        assertThat(administrator.connection().path("problem").path("hint").asText())
                .contains("Authorise");
        assertThat(world.issueKey(one.get(0))).isEmpty();

        world.jira().authorise(SandboxConnection.CONSUMER_KEY, token, "faraday-bridge");

        awaitState("authorized");
        await().atMost(SOON).until(() -> !world.issueKey(one.get(0)).isEmpty());
        assertThat(administrator.connection().has("problem")).isFalse();
        assertThat(stateChanges().subList(before, stateChanges().size()))
                .containsExactly("the bridge: authorized -> unauthorized", "the bridge: unauthorized -> authorized");
    }

    @Test
    void a_single_refusal_changes_nothing() {
        int before = stateChanges().size();
        world.jira().faults().next(1, "GET", "/search", Fault.tokenRejected());

        await("Jira to be asked who we are").atMost(SOON).until(() -> world.jira().requests().stream()
                .anyMatch(call -> call.path().endsWith("/myself") && call.status() == 200));
        Link.exported(world, "SEC");

        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(stateChanges()).hasSize(before);
    }

    @Test
    void a_captcha_is_waited_out() {
        world.jira().faults().sometimes(1, "*", "^/rest/", Fault.captcha());
        awaitState("unauthorized");
        assertThat(administrator.connection().path("problem").path("code").asText())
                .isEqualTo("captcha");

        world.jira().calm();

        awaitState("authorized");
    }

    @Test
    void an_expired_token_is_renewed_at_once() {
        String old = token();
        world.jira().expireToken(old);

        await().atMost(SOON).until(() -> !token().equals(old));

        assertThat(Link.exported(world, "SEC").issueKey()).startsWith("SEC-");
        assertThat(administrator.state()).isEqualTo("authorized");
        assertThat(renewals()).isEqualTo(1);
        assertThat(world.rows()
                        .sql("SELECT username FROM faraday_bridge.setup_change WHERE after ->> 'renewed' = 'true'"
                                + " ORDER BY id DESC LIMIT 1")
                        .query(String.class)
                        .single())
                .isEqualTo("the bridge");
    }

    @Test
    void a_token_that_nears_its_end_is_renewed_before() {
        String old = token();

        nearsItsEnd();

        await().atMost(SOON).until(() -> !token().equals(old));
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
        assertThat(renewals()).isEqualTo(1);
    }

    /** Of another process on the same database: all is shared but the name under which it takes leases. */
    private static TokenRenewal replica() {
        DefaultListableBeanFactory process = new DefaultListableBeanFactory(world.context());
        process.registerSingleton("leases", new Leases(world.bean(JdbcClient.class)));
        return process.createBean(TokenRenewal.class);
    }

    @Test
    void of_several_replicas_one_renews() throws Exception {
        String old = token();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> replicas = java.util.stream.Stream.generate(AuthorizationWatchStoryTest::replica)
                .limit(4)
                .map(replica -> new Thread(() -> {
                    try {
                        start.await();
                        replica.renewIfExpired();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .toList();
        replicas.forEach(Thread::start);
        world.jira().expireToken(old); // the one that runs meets it too

        start.countDown();

        for (Thread replica : replicas) {
            replica.join();
        }
        await().atMost(SOON).until(() -> !token().equals(old));
        assertThat(renewals()).isEqualTo(1);
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void a_renewal_whose_answer_was_lost_is_reported_as_a_lost_authorisation() {
        world.jira().faults().next(1, "POST", "/access-token$", Fault.lostAfter());
        nearsItsEnd();
        await().atMost(SOON).until(() -> renewals() == 1);

        // again and again, since the bridge may take its lease after Jira has counted the call
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            minutesPass();
            return administrator
                    .connection()
                    .path("problem")
                    .path("message")
                    .asText()
                    .contains("its answer was lost");
        });
        assertThat(administrator.state()).isEqualTo("unauthorized");
        staysTheReason("its answer was lost");
        administrator.authorise();
        assertThat(administrator.state()).isEqualTo("authorized");
    }

    /** The watch goes on to ask Jira, whose answers know less. */
    private void staysTheReason(String words) {
        long asked = asked();
        await().atMost(SOON).until(() -> asked() >= asked + 3);
        assertThat(administrator.connection().path("problem").path("message").asText())
                .contains(words);
    }

    private static long asked() {
        return world.jira().requests().stream()
                .filter(call -> call.path().endsWith("/myself"))
                .count();
    }

    @Test
    void a_renewal_that_never_reached_jira_is_made_again() {
        String old = token();
        world.jira().faults().next(1, "POST", "/access-token$", Fault.lostBefore());
        nearsItsEnd();
        await().atMost(SOON).until(() -> renewals() == 1);
        assertThat(token()).isEqualTo(old);

        minutesPass();

        await().atMost(SOON).until(() -> !token().equals(old));
        assertThat(administrator.state()).isEqualTo("authorized");
    }

    @Test
    void a_renewed_token_that_the_database_could_not_take_is_kept_until_it_can() {
        String old = token();
        nearsItsEnd();
        freeze();
        await().atMost(SOON).until(() -> renewals() >= 1);

        thaw();

        await().atMost(SOON).until(() -> !token().equals(old));
        assertThat(renewals()).isEqualTo(1);
        assertThat(administrator.done("POST", "connection/test", "").path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void a_session_that_is_over_is_not_asked_again_and_again() {
        world.jira().expireSession(token());

        awaitState("unauthorized");

        assertThat(administrator.connection().path("problem").path("code").asText())
                .isEqualTo("token_expired");
        assertThat(renewals()).isEqualTo(1);
        assertThat(world.jira().count(ReceivedCall.Kind.OAUTH)).isEqualTo(1);
    }
}
