package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.ReceivedCall;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom Jira gave an answer: what is not there for a visitor is not gone, and what is not ours is not lost. */
class DoubtfulAnswerTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    private final JiraRequests requests = new JiraRequests();

    @SuppressWarnings("NullAway.Init")
    private SandboxJira jira;

    @SuppressWarnings("NullAway.Init")
    private SendingJira sending;

    @SuppressWarnings("NullAway.Init")
    private JiraClient client;

    private volatile String token = "token-1";

    private void start(String kind, boolean tellsWhom) {
        SandboxJira.Options options =
                kind.equals("cloud") ? SandboxJira.Options.cloud() : SandboxJira.Options.dataCenter();
        jira = SandboxJira.start(options.authorised("faraday-key", KEYS.getPublic(), "token-1", "bridge"));
        jira.authorise("faraday-key", "token-2", "bridge");
        if (!tellsWhom) {
            jira.oddities().enable(Oddity.IDENTITY_WITHHELD);
        }
        JiraAccount account = () -> new JiraSite(
                URI.create(jira.baseUrl()), new JiraCredentials.OAuth1("faraday-key", KEYS.getPrivate(), token));
        sending = new SendingJira(account);
        client = new JiraClient(sending.template(), requests, account);
        client.kind();
        jira.clearRequests();
    }

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    private void tokenEndsSilently() {
        jira.faults().sometimes(1, "*", "^/rest/", Fault.nobody());
    }

    private JiraFailure failing(JiraRequest request) {
        return catchThrowableOfType(JiraFailure.class, () -> client.send(request));
    }

    private long asked(String end) {
        return jira.requests().stream()
                .filter(call -> call.path().endsWith(end))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"data-center, true", "data-center, false", "cloud, true", "cloud, false"})
    void what_nobody_is_shown_is_a_lost_authorisation(String kind, boolean tellsWhom) {
        start(kind, tellsWhom);
        String id = jira.createPerson("SEC", "Bug", "there").id();
        tokenEndsSilently();

        List<JiraFailure> failures = List.of(
                failing(requests.issueStatus(id, false)),
                failing(requests.issueProperty(id, "faraday-bridge")),
                failing(requests.transition(id, "11")),
                failing(requests.transitions(id)),
                catchThrowableOfType(JiraFailure.class, () -> client.searchAll("labels = \"faraday-bridge-1\"")));

        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
            assertThat(failure.wholeSite()).isTrue();
        });
        jira.faults().clear();
        assertThat(client.issue(id, false).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"data-center, true, 0", "data-center, false, 2", "cloud, true, 0", "cloud, false, 2"})
    void a_hidden_issue_is_gone_and_jira_is_asked_for_the_account_only_if_the_answer_does_not_name_it(
            String kind, boolean tellsWhom, int askedForOurName) {
        start(kind, tellsWhom);

        assertThat(failing(requests.issueStatus("99999", false)).kind()).isEqualTo(Kind.GONE);
        assertThat(asked("/myself")).isEqualTo(askedForOurName);
        assertThat(client.searchAll("labels = \"faraday-bridge-1\"")).isEmpty();
        assertThat(asked("/myself")).isEqualTo(2L * askedForOurName);
    }

    @Test
    void an_answer_to_a_former_token_does_not_count_after_a_renewal() {
        start("data-center", false);
        String id = jira.createPerson("SEC", "Bug", "there").id();
        jira.faults().next(1, "GET", "/issue/" + id + "$", Fault.nobody());

        assertThat(client.issue(id, false).id()).isEqualTo(id);
        assertThat(jira.requests())
                .extracting(call -> call.path().replaceAll(".*/", ""))
                .containsExactly(id, "myself", id);
    }

    @Test
    void another_token_between_the_two_looks_proves_nothing() {
        start("data-center", false);
        JiraRequest gone = requests.issueStatus("99999", false);
        DoubtfulAnswer renewing = new DoubtfulAnswer(
                request -> {
                    token = request.path().equals(gone.path()) ? "token-2" : token;
                    return outcome(request, request.path().equals(gone.path()) ? 404 : 200);
                },
                () -> new JiraSite(URI.create(jira.baseUrl()), new JiraCredentials.PersonalAccessToken(token)));

        JiraFailure failure = renewing.settle(outcome(gone, 404)).failure();

        assertThat(failure).hasMessageContaining("connection to Jira was changed");
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }

    private static JiraCall.Outcome outcome(JiraRequest request, int status) {
        HttpAnswer answer = HttpAnswer.of(
                status, Map.of(), "{\"name\":\"bridge\"}".getBytes(StandardCharsets.UTF_8), new ObjectMapper());
        return new JiraCall.Outcome(
                request, answer, FailureClassification.ofAnswer(request, answer, Instant.now()), null);
    }

    @Test
    void while_jira_cannot_say_who_we_are_nothing_is_gone() {
        start("cloud", false);
        jira.faults().next(1, "GET", "/myself$", Fault.errorBefore(503));

        assertThat(failing(requests.issueStatus("99999", false)).kind()).isEqualTo(Kind.TRANSIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data-center", "cloud"})
    void a_401_to_one_kind_of_call_refuses_that_alone_with_its_reason(String kind) {
        start(kind, true);
        String id = jira.createPerson("SEC", "Bug", "there").id();
        jira.faults().sometimes(1, "*", "/createmeta|/transitions$", Fault.scopeMismatch());

        for (JiraRequest request : List.of(
                requests.createMetaIssueTypes("SEC", 0), requests.transitions(id), requests.transition(id, "11"))) {
            JiraFailure failure = failing(request);

            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.status()).isEqualTo(401);
            assertThat(failure.wholeSite()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("scope does not match")
                    .hasMessageContaining(request.subject())
                    .hasMessageContaining("Jira accepts the bridge's account");
        }
        assertThat(jira.requests())
                .filteredOn(call -> call.method().equals("POST"))
                .as("a change is not repeated")
                .hasSize(1);
    }

    @Test
    void a_401_that_does_not_come_again_is_nothing() {
        start("cloud", true);
        String id = jira.createPerson("SEC", "Bug", "there").id();
        jira.faults().next(1, "GET", "/issue/", Fault.scopeMismatch());

        assertThat(client.issue(id, false).id()).isEqualTo(id);
    }

    @Test
    void a_401_to_everything_is_a_lost_authorisation() {
        start("cloud", true);
        jira.faults().sometimes(1, "*", "^/rest/", Fault.scopeMismatch());

        JiraFailure failure = failing(requests.issueStatus("10001", false));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
        assertThat(failure.wholeSite()).isTrue();
        assertThat(jira.count(ReceivedCall.Kind.READ_ISSUE)).isEqualTo(1);
    }
}
