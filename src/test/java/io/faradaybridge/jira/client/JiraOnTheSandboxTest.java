package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.BulkResult;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.answers.Transition;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.Oddities.Oddity;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole package against a Jira that checks each signature with Jira's own library: Data Center below a path, and Cloud. */
class JiraOnTheSandboxTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final JiraCredentials OAUTH =
            new JiraCredentials.OAuth1("faraday-key", KEYS.getPrivate(), "token-1");

    private enum Deployment {
        DATA_CENTER("/search"),
        CLOUD("/search/jql");

        private final String search;

        Deployment(String search) {
            this.search = search;
        }

        SandboxJira start() {
            SandboxJira.Options options = this == CLOUD
                    ? SandboxJira.Options.cloud()
                    : SandboxJira.Options.dataCenter().contextPath("/~team/jira");
            return SandboxJira.start(options.seed(1).authorised("faraday-key", KEYS.getPublic(), "token-1", "bridge"));
        }
    }

    private final JiraRequests requests = new JiraRequests();

    @SuppressWarnings("NullAway.Init")
    private SandboxJira jira;

    @SuppressWarnings("NullAway.Init")
    private SendingJira sending;

    @SuppressWarnings("NullAway.Init")
    private JiraClient client;

    private void startOn(Deployment deployment, JiraCredentials credentials) {
        jira = deployment.start();
        JiraSite site = new JiraSite(URI.create(jira.baseUrl()), credentials);
        sending = new SendingJira(() -> site);
        client = new JiraClient(sending.template(), requests, () -> site);
    }

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void creates_issues_item_by_item_finds_them_and_moves_them(Deployment deployment) {
        startOn(deployment, OAUTH);

        CreateMeta meta = client.createMeta("WEB", "Bug");
        BulkResult result = JiraReader.bulk(
                client.send(requests.createIssues(List.of(issue("SQL injection"), issue(null), issue("XSS & \"é漢\""))))
                        .body(),
                3);
        String id = Objects.requireNonNull(result.created().get(2)).id();
        JiraStatus initial = client.initialStatus("WEB", "Bug", id);
        List<Transition> offered =
                JiraReader.transitions(client.send(requests.transitions(id)).body());
        TransitionPlan plan = TransitionPlan.choose(offered, JiraStatus.named("in progress"));
        JiraAnswer moved = client.send(requests.transition(
                id, ((TransitionPlan.Make) plan).transition().id(), null));
        IssueSnapshot after = client.issue(id, true);
        List<IssueSnapshot> found = client.searchAll("project in (WEB, \"SEC\") AND updated >= -5m");

        assertThat(client.kind().name()).isEqualTo(deployment.name());
        assertThat(meta.field("Summary")).get().satisfies(field -> assertThat(field.mandatory())
                .isTrue());
        assertThat(result.errors()).containsOnlyKeys(1);
        assertThat(result.errors().get(1)).contains("summary");
        assertThat(jira.issues()).extracting(SandboxIssue::summary).containsExactly("SQL injection", "XSS & \"é漢\"");
        assertThat(jira.issue(id).properties()).containsKey("faraday-bridge");
        assertThat(initial.name()).isEqualTo("To Do");
        assertThat(moved.status()).isEqualTo(204);
        assertThat(after.status().name()).isEqualTo("In Progress");
        assertThat(after.history()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(initial);
            assertThat(change.authorId()).isEqualTo(client.myself().id());
        });
        assertThat(found)
                .extracting(IssueSnapshot::key)
                .contains(
                        after.key(),
                        Objects.requireNonNull(result.created().get(0)).key());
        assertThat(jira.requests()).anyMatch(call -> call.path().endsWith(deployment.search) && call.status() == 200);
        assertThat(jira.rejectedSignatures()).isEmpty();
    }

    private static ObjectNode issue(@Nullable String summary) {
        ObjectNode issue = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = issue.putObject("fields");
        fields.putObject("project").put("key", "WEB");
        fields.putObject("issuetype").put("name", "Bug");
        if (summary != null) {
            fields.put("summary", summary);
        }
        issue.putArray("properties")
                .addObject()
                .put("key", "faraday-bridge")
                .putObject("value")
                .put("marker", "m-1");
        return issue;
    }

    @Test
    void turns_an_answer_in_which_every_issue_failed_into_a_reason_for_each() {
        startOn(Deployment.DATA_CENTER, OAUTH);

        JiraAnswer answer = client.send(requests.createIssues(List.of(issue(null), issue(null))));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(JiraReader.bulk(answer.body(), 2).errors()).containsOnlyKeys(0, 1);
    }

    @Test
    void prefers_the_way_to_done_that_asks_for_nothing() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        String id = jira.createPerson("SEC", "Bug", "Ask for nothing").id();

        List<Transition> offered =
                JiraReader.transitions(client.send(requests.transitions(id)).body());

        assertThat(TransitionPlan.choose(offered, JiraStatus.named("Done")))
                .isInstanceOfSatisfying(
                        TransitionPlan.Make.class,
                        make -> assertThat(make.transition().name()).isEqualTo("Finish"));
    }

    static Stream<Arguments> mishaps() {
        return Stream.of(
                mishap("a limit", Kind.TRANSIENT, Fault.tooManyRequests(Duration.ofSeconds(7))),
                mishap("an error", Kind.UNKNOWN_OUTCOME, Fault.errorAfter(500)),
                mishap("a proxy's error", Kind.UNKNOWN_OUTCOME, Fault.errorBefore(502)),
                mishap("a lost answer", Kind.UNKNOWN_OUTCOME, Fault.lostAfter()),
                mishap("a lost request", Kind.UNKNOWN_OUTCOME, Fault.lostBefore()),
                mishap("an expired token", Kind.UNAUTHORISED, Fault.tokenExpired()),
                mishap("a rejected token", Kind.UNAUTHORISED, Fault.tokenRejected()),
                mishap("a captcha", Kind.UNAUTHORISED, Fault.captcha()),
                mishap("a conflict", Kind.REFUSED, Fault.conflict()));
    }

    private static Arguments mishap(String name, Kind kind, Fault fault) {
        return Arguments.of(
                name, kind, (Consumer<SandboxJira>) jira -> jira.faults().next(1, "POST", "/transitions$", fault));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mishaps")
    void classifies_a_failed_transition(String name, Kind kind, Consumer<SandboxJira> fault) {
        startOn(Deployment.CLOUD, OAUTH);
        SandboxIssue issue = jira.createPerson("WEB", "Bug", name);
        fault.accept(jira);

        JiraFailure failure =
                catchThrowableOfType(JiraFailure.class, () -> client.send(requests.transition(issue.id(), "11", null)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessageNotContaining("token-1");
        assertThat(jira.requests())
                .filteredOn(call -> call.method().equals("POST"))
                .hasSize(1);
    }

    @Test
    void sees_that_an_answer_was_for_a_stranger_or_no_answer_of_jira() {
        startOn(Deployment.CLOUD, OAUTH);
        jira.faults().next(1, "GET", "/serverInfo", Fault.anonymous());
        jira.faults().next(1, "GET", "/myself", Fault.html());

        assertThat(catchThrowableOfType(JiraFailure.class, () -> client.kind()).kind())
                .isEqualTo(Kind.UNAUTHORISED);
        assertThat(catchThrowableOfType(JiraFailure.class, () -> client.myself())
                        .kind())
                .isEqualTo(Kind.UNAUTHORISED);
    }

    @Test
    void says_what_to_do_when_clocks_differ_when_the_token_is_revoked_and_when_the_key_is_wrong() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        jira.clockAhead(Duration.ofMinutes(10));
        String skew = failing(requests.myself()).getMessage();
        jira.clockAhead(Duration.ZERO);
        jira.revokeToken("token-1");
        String revoked = failing(requests.myself()).getMessage();
        jira.link("faraday-key", SandboxJira.freshKeyPair().getPublic());
        jira.authorise("faraday-key", "token-1", "bridge");
        String wrongKey = failing(requests.myself()).getMessage();

        assertThat(skew).containsPattern("clock of this machine is about (599|60\\d) s behind Jira's");
        assertThat(revoked).contains("authorise the connection again");
        assertThat(wrongKey).contains("public key");
    }

    @Test
    void takes_an_issue_it_may_not_see_for_gone_and_offers_no_way_without_the_permission() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        SandboxIssue issue = jira.createPerson("WEB", "Bug", "hidden");
        jira.permissions().withdraw(Permission.TRANSITION, "WEB", "bridge");
        List<Transition> offered = JiraReader.transitions(
                client.send(requests.transitions(issue.id())).body());
        jira.permissions().withdraw(Permission.BROWSE, "WEB", "bridge");

        JiraFailure failure = failing(requests.issueStatus(issue.id(), false));

        assertThat(TransitionPlan.choose(offered, JiraStatus.named("Done")))
                .isInstanceOfSatisfying(TransitionPlan.Impossible.class, impossible -> assertThat(impossible.reason())
                        .contains("permission Transition Issues"));
        assertThat(failure.kind()).isEqualTo(Kind.GONE);
    }

    @Test
    void knows_nothing_of_the_outcome_of_an_unknown_transition_answered_with_500_but_that_jira_is_done() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        jira.oddities().enable(Oddity.INVALID_TRANSITION_IS_500);
        SandboxIssue issue = jira.createPerson("WEB", "Bug", "odd");

        JiraFailure failure = failing(requests.transition(issue.id(), "99999", null));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(failure.answered()).isTrue();
    }

    @Test
    void follows_an_issue_to_another_project_by_its_id() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        SandboxIssue issue = jira.createPerson("WEB", "Bug", "moving");
        SandboxIssue moved = jira.moveToProject(issue.key(), "OPS");

        IssueSnapshot snapshot = client.issue(issue.id(), true);

        assertThat(snapshot.key()).isEqualTo(moved.key());
        assertThat(snapshot.projectKey()).isEqualTo("OPS");
    }

    @Test
    void writes_and_reads_an_issue_property() {
        startOn(Deployment.DATA_CENTER, OAUTH);
        String id = jira.createPerson("WEB", "Bug", "marked").id();

        client.send(requests.setIssueProperty(
                id, "faraday-bridge", JsonNodeFactory.instance.objectNode().put("marker", "m-7")));

        assertThat(client.issueProperty(id, "faraday-bridge")
                        .path("value")
                        .path("marker")
                        .asText())
                .isEqualTo("m-7");
    }

    @Test
    void signs_in_with_a_personal_access_token() {
        startOn(Deployment.DATA_CENTER, new JiraCredentials.PersonalAccessToken("pat-1"));
        jira.personalAccessToken("pat-1", "bridge");

        assertThat(client.myself().id()).isNotEmpty();
    }

    @Test
    void signs_in_with_an_api_token() {
        startOn(Deployment.CLOUD, new JiraCredentials.ApiToken("bridge@example.com", "api-1"));
        jira.apiToken("bridge@example.com", "api-1", "bridge");

        assertThat(client.myself().id()).isNotEmpty();
    }

    private JiraFailure failing(JiraRequest request) {
        return catchThrowableOfType(JiraFailure.class, () -> client.send(request));
    }
}
