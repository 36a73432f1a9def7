package io.faradaybridge.jira.failures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraFile;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassificationTest {

    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");

    /** What an answer's status alone means; A: Jira itself answered, S: the site as a whole. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // status | READ of an issue | CREATE            | TRANSITION
                "301      | UNAUTHORISED AS  | UNAUTHORISED AS   | UNAUTHORISED AS",
                "302      | UNAUTHORISED AS  | UNAUTHORISED AS   | UNAUTHORISED AS",
                "400      | REFUSED A        | REFUSED A         | REFUSED A",
                "401      | UNAUTHORISED AS  | UNAUTHORISED AS   | UNAUTHORISED AS",
                "403      | REFUSED A        | REFUSED A         | REFUSED A",
                "404      | GONE A           | REFUSED A         | GONE A",
                "405      | REFUSED A        | REFUSED A         | REFUSED A",
                "408      | TRANSIENT S      | UNKNOWN_OUTCOME S | UNKNOWN_OUTCOME S",
                "409      | REFUSED A        | REFUSED A         | REFUSED A",
                "410      | GONE A           | REFUSED A         | GONE A",
                "413      | REFUSED A        | REFUSED A         | REFUSED A",
                "415      | REFUSED A        | REFUSED A         | REFUSED A",
                "422      | REFUSED A        | REFUSED A         | REFUSED A",
                "425      | TRANSIENT AS     | TRANSIENT AS      | TRANSIENT AS",
                "429      | TRANSIENT AS     | TRANSIENT AS      | TRANSIENT AS",
                "500      | TRANSIENT A      | UNKNOWN_OUTCOME A | UNKNOWN_OUTCOME A",
                "501      | TRANSIENT A      | UNKNOWN_OUTCOME A | UNKNOWN_OUTCOME A",
                "502      | TRANSIENT S      | UNKNOWN_OUTCOME S | UNKNOWN_OUTCOME S",
                "503      | TRANSIENT AS     | UNKNOWN_OUTCOME AS| UNKNOWN_OUTCOME AS",
                "504      | TRANSIENT S      | UNKNOWN_OUTCOME S | UNKNOWN_OUTCOME S",
                "524      | TRANSIENT S      | UNKNOWN_OUTCOME S | UNKNOWN_OUTCOME S",
            })
    void classifies_a_status(int status, String read, String create, String transition) {
        assertThat(List.of(
                        summary(classify(READ, status, "{}")),
                        summary(classify(CREATE, status, "{}")),
                        summary(classify(TRANSITION, status, "{}"))))
                .containsExactly(read, create, transition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // not sent, sent
                "READ       | TRANSIENT S | TRANSIENT S",
                "CREATE     | TRANSIENT S | UNKNOWN_OUTCOME S",
                "TRANSITION | TRANSIENT S | UNKNOWN_OUTCOME S",
                "EDIT       | TRANSIENT S | UNKNOWN_OUTCOME S",
                "ATTACH     | TRANSIENT S | UNKNOWN_OUTCOME",
            })
    void classifies_a_broken_call(JiraOperation operation, String notSent, String sent) {
        JiraRequest request =
                switch (operation) {
                    case READ -> READ;
                    case CREATE -> CREATE;
                    case TRANSITION -> TRANSITION;
                    case EDIT -> EDIT;
                    case ATTACH -> ATTACH;
                };

        assertThat(summary(FailureClassification.ofBrokenCall(request, broken(false))))
                .isEqualTo(notSent);
        assertThat(summary(FailureClassification.ofBrokenCall(request, broken(true))))
                .isEqualTo(sent);
    }

    private static NoAnswer broken(boolean sent) {
        return new NoAnswer("it hung up", sent, JiraProblem.OTHER, new IOException());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | oauth_problem=parameter_rejected&oauth_parameters_rejected=oauth_token | OAuth check failed",
                "400 | oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1795380700-1795381300 |"
                        + " about 200 s ahead of Jira's",
                "400 | oauth_problem=timestamp_refused&oauth_acceptable_timestamps=1795381000-1795381600 |"
                        + " about 100 s behind Jira's",
                "400 | oauth_problem=timestamp_refused       | clocks of this machine and Jira's differ",
                "401 | oauth_problem=token_rejected          | authorise the connection again",
                "401 | oauth_problem=token_expired           | expired",
                "401 | oauth_problem=token_revoked           | authorise the connection again",
                "401 | oauth_problem=permission_unknown      | press Allow",
                "401 | oauth_problem=permission_denied       | press Allow",
                "401 | oauth_problem=consumer_key_unknown    | compare the consumer key",
                "401 | oauth_problem=signature_invalid&oauth_signature=abc%3D&oauth_signature_base_string=GET | public key",
                "503 | oauth_problem=consumer_key_refused    | consumer key",
                "503 | oauth_problem=user_refused            | press Allow",
            })
    void sees_an_oauth_problem_before_the_status(int status, String body, String advice) {
        for (JiraRequest request : List.of(READ, CREATE, TRANSITION)) {
            JiraFailure inBody = classify(request, status, body);
            JiraFailure inHeader = classify(
                    request,
                    status,
                    "",
                    Map.of("WWW-Authenticate", "OAuth realm=\"http%3A%2F%2Fjira\", " + quoted(body)));

            assertThat(List.of(summary(inBody), summary(inHeader))).containsOnly("UNAUTHORISED AS");
            assertThat(inBody).hasMessageContaining(advice).hasMessageNotContaining("abc%3D");
            assertThat(inHeader).hasMessageContaining(advice);
        }
    }

    private static String quoted(String form) {
        return form.replaceAll("=([^&]*)", "=\"$1\"").replace("&", ", ");
    }

    @Test
    void does_not_take_what_a_user_wrote_for_an_oauth_problem() {
        JiraFailure failure = classify(
                CREATE, 400, "{\"errors\":{\"summary\":\"is wrong: x oauth_problem=token_rejected\"}}", Map.of());

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void knows_that_a_used_nonce_means_the_request_came_twice() {
        assertThat(summary(classify(READ, 401, "oauth_problem=nonce_used"))).isEqualTo("TRANSIENT A");
        assertThat(summary(classify(CREATE, 401, "oauth_problem=nonce_used"))).isEqualTo("UNKNOWN_OUTCOME A");
        assertThat(summary(classify(TRANSITION, 401, "oauth_problem=nonce_used")))
                .isEqualTo("UNKNOWN_OUTCOME A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | X-Seraph-LoginReason           | AUTHENTICATED_FAILED",
                "404 | X-Seraph-LoginReason           | AUTHENTICATED_FAILED",
                "400 | X-Seraph-LoginReason           | AUTHENTICATED_FAILED",
                "403 | x-seraph-loginreason           | AUTHENTICATION_DENIED",
                "403 | X-Authentication-Denied-Reason | CAPTCHA_CHALLENGE; login-url=https://jira/login.jsp",
            })
    void sees_that_jira_takes_us_for_a_stranger(int status, String header, String value) {
        assertThat(summary(classify(READ, status, "{}", Map.of(header, value)))).isEqualTo("UNAUTHORISED AS");
    }

    @Test
    void does_not_repeat_what_jira_may_have_done_for_a_stranger() {
        Map<String, String> anonymous = Map.of("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");

        assertThat(summary(classify(CREATE, 201, "{\"issues\":[]}", anonymous))).isEqualTo("UNKNOWN_OUTCOME AS");
        assertThat(summary(classify(TRANSITION, 204, "", anonymous))).isEqualTo("UNKNOWN_OUTCOME AS");
    }

    @ParameterizedTest
    @CsvSource({"OK", "''", "OUT", "'[AUTHENTICATED_FAILED, OK]'"})
    void is_content_with_an_answer_to_whom_jira_knows(String loginReason) {
        assertThat(answer(READ, 200, "{}", Map.of("X-Seraph-LoginReason", loginReason)))
                .isNull();
        assertThat(answer(TRANSITION, 204, "", Map.of("X-Seraph-LoginReason", loginReason)))
                .isNull();
    }

    @Test
    void takes_a_web_page_instead_of_json_for_a_sign_in_page_in_front_of_jira() {
        assertThat(summary(classify(READ, 200, "<html>Sign in"))).isEqualTo("UNAUTHORISED AS");
        assertThat(summary(classify(CREATE, 201, "<html>Sign in"))).isEqualTo("UNKNOWN_OUTCOME AS");
        assertThat(summary(classify(READ, 401, "<html>Unauthorized"))).isEqualTo("UNAUTHORISED AS");
        assertThat(summary(classify(READ, 503, "<html>Maintenance"))).isEqualTo("TRANSIENT AS");
    }

    @Test
    void leaves_a_bulk_creation_that_failed_item_by_item_to_its_reader() {
        String body = "{\"issues\":[],\"errors\":[{\"status\":400,\"elementErrors\":{\"errors\":{\"summary\":\"no\"}},"
                + "\"failedElementNumber\":0}]}";

        assertThat(answer(CREATE, 400, body, Map.of())).isNull();
        assertThat(summary(classify(CREATE, 400, "{\"errorMessages\":[\"bad JSON\"],\"errors\":{}}")))
                .isEqualTo("REFUSED A");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After       | 7                             | 7",
                "Retry-After       | 0                             | 0",
                "Retry-After       | 999999999                     | 3600",
                "Retry-After       | Sun, 22 Nov 2037 21:00:00 GMT | 3600",
                "Retry-After       | Sun, 22 Nov 2026 21:00:30 GMT | 30",
                "Retry-After       | Sun, 22 Nov 2026 20:59:00 GMT | 0",
                "X-RateLimit-Reset | 2026-11-22T21:10:00Z          | 600",
                "X-RateLimit-Reset | 2026-11-22T21:10Z             | 600",
            })
    void waits_as_long_as_jira_asks(String header, String value, int seconds) {
        assertThat(classify(READ, 429, "", Map.of(header, value)).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void reads_a_date_to_wait_for_by_the_clock_that_set_it() {
        Map<String, String> headers = Map.of(
                "Retry-After", "Sun, 22 Nov 2026 22:00:30 GMT",
                "Date", "Sun, 22 Nov 2026 22:00:00 GMT");

        assertThat(classify(READ, 503, "", headers).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({"''", "soon", "-1", "99999999999999"})
    void makes_nothing_of_a_wait_it_cannot_read(String value) {
        assertThat(classify(READ, 429, "", Map.of("Retry-After", value)).retryAfter())
                .isNull();
    }

    @Test
    void holds_a_limit_on_one_issue_against_that_issue_only() {
        Map<String, String> perIssue = Map.of("RateLimit-Reason", "jira-per-issue-on-write", "Retry-After", "2");

        assertThat(summary(classify(TRANSITION, 429, "", perIssue))).isEqualTo("TRANSIENT A");
        assertThat(summary(classify(TRANSITION, 429, "", Map.of("RateLimit-Reason", "jira-burst-based"))))
                .isEqualTo("TRANSIENT AS");
    }

    @ParameterizedTest
    @CsvSource({
        "/rest/api/2/search, 410",
        "/rest/api/2/issue/createmeta/P/issuetypes, 404",
        "/rest/api/2/issue/createmeta, 404",
        "/rest/api/2/project/P, 404"
    })
    void does_not_take_a_missing_interface_for_a_missing_issue(String path, int status) {
        JiraRequest request = new JiraRequest(JiraOperation.READ, "GET", path, List.of(), null, "project P");

        JiraFailure failure = classify(request, status, "");

        assertThat(summary(failure)).isEqualTo("REFUSED A");
        assertThat(failure.status()).isEqualTo(status);
    }

    @Test
    void quotes_jiras_reason_for_a_refusal_and_names_the_field() {
        JiraFailure failure = classify(
                TRANSITION,
                400,
                "{\"errorMessages\":[\"It is not on.\"],\"errors\":{\"resolution\":\"Resolution is required\"}}");

        assertThat(failure)
                .hasMessage(
                        "Jira refused to move issue PROJ-7 (400): It is not on.; resolution: Resolution is required");
        assertThat(failure.fieldErrors()).isEqualTo(Map.of("resolution", "Resolution is required"));
    }

    @Test
    void reads_the_text_of_a_401_without_error_messages() {
        assertThat(classify(READ, 401, "{\"message\":\"Client must be authenticated\",\"status-code\":401}"))
                .hasMessageContaining("Client must be authenticated");
    }

    @Test
    void suspects_the_permission_when_every_field_is_off_the_screen() {
        String off = "Field 'x' cannot be set. It is not on the appropriate screen, or unknown.";

        assertThat(classify(CREATE, 400, "{\"errors\":{\"a\":\"" + off + "\",\"b\":\"" + off + "\"}}"))
                .hasMessageContaining("may lack the permission");
        assertThat(classify(CREATE, 400, "{\"errors\":{\"a\":\"" + off + "\",\"b\":\"is required\"}}"))
                .hasMessageNotContaining("may lack the permission");
    }

    @Test
    void reports_that_an_interface_was_removed() {
        JiraRequest search =
                new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/search", List.of(), null, "new issues");

        assertThat(classify(search, 410, "{\"errorMessages\":[\"The requested API has been removed.\"]}"))
                .hasMessageContaining("Jira has removed the interface /rest/api/2/search")
                .hasMessageContaining("newer version of the bridge");
    }

    private static final JiraRequest READ =
            new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/issue/10001", List.of(), null, "issue PROJ-7");
    private static final JiraRequest CREATE = new JiraRequest(
            JiraOperation.CREATE, "POST", "/rest/api/2/issue/bulk", List.of(), null, "3 issues in project PROJ");
    private static final JiraRequest TRANSITION = new JiraRequest(
            JiraOperation.TRANSITION, "POST", "/rest/api/2/issue/10001/transitions", List.of(), null, "issue PROJ-7");

    private static final JiraRequest EDIT =
            new JiraRequest(JiraOperation.EDIT, "PUT", "/rest/api/2/issue/10001", List.of(), null, "issue PROJ-7");
    private static final JiraRequest ATTACH = new JiraRequest(
            JiraOperation.ATTACH,
            "/rest/api/2/issue/10001/attachments",
            new JiraFile("proof.txt", "text/plain", new byte[0]),
            "issue PROJ-7");

    private static String summary(JiraFailure failure) {
        String marks = (failure.answered() ? "A" : "") + (failure.wholeSite() ? "S" : "");
        return (failure.kind() + " " + marks).strip();
    }

    private static JiraFailure classify(JiraRequest request, int status, String body) {
        return classify(request, status, body, Map.of());
    }

    private static JiraFailure classify(JiraRequest request, int status, String body, Map<String, String> headers) {
        JiraFailure failure = answer(request, status, body, headers);
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageContaining(request.subject().substring(1));
        return failure;
    }

    private static @Nullable JiraFailure answer(
            JiraRequest request, int status, String body, Map<String, String> headers) {
        return FailureClassification.ofAnswer(
                request,
                HttpAnswer.of(
                        status, new HashMap<>(headers), body.getBytes(StandardCharsets.UTF_8), new ObjectMapper()),
                NOW);
    }
}
