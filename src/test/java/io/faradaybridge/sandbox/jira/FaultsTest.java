package io.faradaybridge.sandbox.jira;

import static io.faradaybridge.sandbox.jira.SignedClient.bulk;
import static io.faradaybridge.sandbox.jira.SignedClient.draft;
import static io.faradaybridge.sandbox.jira.SignedClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final JsonNode DRAFT = draft("SEC", "Bug", "x");

    private final SandboxJira jira = SandboxJira.start(
            SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    private void createAndLoseTheAnswer() {
        String signed = client.authorization("POST", "/rest/api/2/issue/bulk");
        assertThatThrownBy(() -> client.trySend(signed, "POST", "/rest/api/2/issue/bulk", bulk(DRAFT, DRAFT, DRAFT)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_workflow_that_fails_quietly_answers_with_success_and_moves_nothing() {
        SandboxIssue issue = jira.createPerson("SEC", "Bug", "x");
        jira.faults().next(1, "POST", "/transitions$", Fault.nothingDone());
        String path = "/issue/" + issue.id() + "/transitions";
        JsonNode startWork = Json.object("transition", Json.object("id", "11"));

        assertThat(client.post(path, startWork).statusCode()).isEqualTo(204);
        assertThat(jira.issue(issue.key()).statusName()).isEqualTo("To Do");
        assertThat(jira.issue(issue.key()).changelog()).isEmpty();

        assertThat(client.post(path, startWork).statusCode()).isEqualTo(204);
        assertThat(jira.issue(issue.key()).statusName()).isEqualTo("In Progress");
    }

    @Test
    void a_lost_answer_tells_nothing_about_the_work() {
        jira.faults().next(1, "POST", "/issue/bulk$", Fault.lostBefore());
        createAndLoseTheAnswer();
        assertThat(jira.issues()).isEmpty();

        jira.faults().next(1, "POST", "/issue/bulk$", Fault.lostAfter());
        createAndLoseTheAnswer();
        assertThat(jira.issues()).hasSize(3);

        assertThat(jira.requests()).extracting(ReceivedCall::status).containsExactly(0, 0);
    }

    @Test
    void a_bulk_goes_on_issue_by_issue_after_the_caller_was_cut_off() {
        jira.faults().next(1, "POST", "/issue/bulk$", Fault.lostThenDone(Duration.ofMillis(1200)));

        createAndLoseTheAnswer();

        await().atMost(Duration.ofSeconds(60)).until(() -> jira.issues().size() == 3);
        Instant sent = jira.requests().get(0).at();
        assertThat(jira.issue("SEC-1").created()).isAfterOrEqualTo(sent.plusMillis(590));
        assertThat(jira.issue("SEC-3").created())
                .isAfterOrEqualTo(jira.issue("SEC-1").created().plusMillis(390));
    }

    @Test
    void a_rule_counts_down_and_fits_only_its_method_and_path() {
        jira.faults().next(2, "POST", "/issue$", Fault.tooManyRequests(Duration.ofSeconds(7)));

        assertThat(client.get("/myself").statusCode()).isEqualTo(200);
        HttpResponse<String> limited = client.post("/issue", DRAFT);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("7");
        assertThat(client.post("/issue", DRAFT).statusCode()).isEqualTo(429);
        assertThat(client.post("/issue", DRAFT).statusCode()).isEqualTo(201);
    }

    @Test
    void dice_of_the_same_seed_fall_alike() {
        jira.faults().sometimes(0.5, "GET", "/myself", Fault.errorBefore(500));
        long failed = IntStream.range(0, 60)
                .filter(i -> client.get("/myself").statusCode() == 500)
                .count();
        assertThat(failed).isBetween(15L, 45L);

        try (SandboxJira twin = SandboxJira.start(
                SandboxJira.Options.dataCenter().authorised("faraday", KEYS.getPublic(), "token", "bridge"))) {
            twin.faults().sometimes(0.5, "GET", "/myself", Fault.errorBefore(500));
            SignedClient other = new SignedClient(twin.baseUrl(), "faraday", KEYS.getPrivate(), "token");
            assertThat(IntStream.range(0, 60)
                            .filter(i -> other.get("/myself").statusCode() == 500)
                            .count())
                    .isEqualTo(failed);
        }
    }

    @Test
    void an_error_may_come_before_or_after_the_work() {
        jira.faults().next(1, "POST", "/issue$", Fault.errorBefore(500));
        assertThat(json(client.post("/issue", DRAFT)).at("/errorMessages/0").asText())
                .isEqualTo("Internal server error");
        jira.faults().next(1, "POST", "/issue$", Fault.errorAfter(504));
        assertThat(client.post("/issue", DRAFT).body()).contains("504 from the proxy");
        jira.faults().next(1, "POST", "/issue$", Fault.unavailable(Duration.ofSeconds(3)));
        assertThat(client.post("/issue", DRAFT).headers().firstValue("Retry-After"))
                .contains("3");

        assertThat(jira.issues()).hasSize(1);
    }

    @Test
    void who_hangs_up_while_jira_is_slow_finds_the_work_done_later() {
        jira.faults().next(1, "POST", "/issue$", Fault.latency(Duration.ofMillis(1500)));

        assertThatThrownBy(() -> client.hangingUpAfter(Duration.ofMillis(100)).post("/issue", DRAFT))
                .hasCauseInstanceOf(HttpTimeoutException.class);

        assertThat(jira.issues()).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> jira.issues().size() == 1);
    }

    @Test
    void authorisation_fails_in_all_the_ways_it_can() {
        jira.faults().next(1, "GET", "/myself", Fault.tokenExpired());
        assertThat(client.get("/myself").body()).isEqualTo("oauth_problem=token_expired");
        jira.faults().next(1, "GET", "/myself", Fault.captcha());
        assertThat(client.get("/myself").headers().firstValue("X-Authentication-Denied-Reason"))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("CAPTCHA_CHALLENGE; login-url="));
        jira.faults().next(1, "GET", "/project", Fault.anonymous());
        HttpResponse<String> anonymous = client.get("/project");
        assertThat(anonymous.body()).isEqualTo("[]");
        assertThat(anonymous.headers().firstValue("X-Seraph-LoginReason")).contains("AUTHENTICATED_FAILED");
        jira.faults().next(1, "GET", "/myself", Fault.html());
        assertThat(client.get("/myself").body()).startsWith("<!DOCTYPE html>");
        jira.faults().next(1, "GET", "/myself", Fault.conflict());
        assertThat(client.get("/myself").statusCode()).isEqualTo(409);
    }

    @Test
    void comes_back_on_the_same_port_with_everything_it_knew() {
        client.post("/issue", DRAFT);
        jira.stop();
        assertThatThrownBy(() -> client.get("/myself")).isInstanceOf(UncheckedIOException.class);

        jira.restart();

        assertThat(client.get("/issue/SEC-1").statusCode()).isEqualTo(200);
    }

    @Test
    void is_calm_again_when_told() {
        jira.faults().sometimes(1, "*", "", Fault.captcha());
        jira.faults().searchLag(Duration.ofHours(1), Duration.ofHours(1));
        jira.permissions().withdraw(Permissions.Permission.BROWSE, "SEC", "bridge");
        jira.oddities().enable(Oddities.Oddity.LOCALISED_STATUSES);
        jira.clockAhead(Duration.ofHours(1));

        jira.calm();

        client.post("/issue", DRAFT);
        JsonNode found = client.read("/search?jql=project%20%3D%20SEC&fields=status");
        assertThat(found.at("/issues/0/fields/status/name").asText()).isEqualTo("To Do");
    }

    @Test
    void jiras_clock_shows_in_its_answers_and_its_changelog() {
        jira.clockAhead(Duration.ofMinutes(4));

        HttpResponse<String> answer = client.post("/issue", DRAFT);

        ZonedDateTime date = ZonedDateTime.parse(
                answer.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(ZonedDateTime.now(ZoneOffset.UTC), date)).isGreaterThan(Duration.ofMinutes(3));
        assertThat(jira.issue("SEC-1").created())
                .isAfter(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(3).toInstant());
    }

    @Test
    void fifty_callers_at_once_create_a_thousand_issues_in_a_few_seconds() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        Callable<Integer> twenty = () -> client.post(
                        "/issue/bulk", bulk(Collections.nCopies(20, DRAFT).toArray(JsonNode[]::new)))
                .statusCode();

        assertThat(callers.invokeAll(Collections.nCopies(50, twenty)))
                .allSatisfy(answer -> assertThat(answer.get()).isEqualTo(201));
        callers.shutdown();

        assertThat(jira.issues()).hasSize(1000).extracting(SandboxIssue::key).doesNotHaveDuplicates();
        assertThat(jira.count(ReceivedCall.Kind.CREATE)).isEqualTo(50);
        assertThat(jira.rejectedSignatures()).isEmpty();
    }
}
