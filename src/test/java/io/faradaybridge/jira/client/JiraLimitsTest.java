package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Jira that limits how often it is asked, and one that takes no changes. */
class JiraLimitsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");

    private static final JiraRequest READ =
            new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/issue/10001", List.of(), null, "issue PROJ-7");
    private static final JiraRequest CREATE =
            new JiraRequest(JiraOperation.CREATE, "POST", "/rest/api/2/issue/bulk", List.of(), null, "2 issues");
    private static final JiraRequest MOVE = new JiraRequest(
            JiraOperation.TRANSITION, "POST", "/rest/api/2/issue/1/transitions", List.of(), null, "issue PROJ-7");

    private static @Nullable JiraFailure failure(
            JiraRequest request, int status, String body, Map<String, String> headers) {
        return FailureClassification.ofAnswer(
                request,
                HttpAnswer.of(
                        status,
                        new HashMap<>(headers),
                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                        new ObjectMapper()),
                NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Beta-Ratelimit        | \"tenant-app-quota\";r=0;t=2788                     | 2788",
                "Beta-RateLimit        | \"a\";r=5;t=9, \"b\";r=0;t=40, \"c\"; r=0; t=30      | 40",
                "RateLimit             | \"default\";r=0;t=12                                | 12",
                "X-Beta-RateLimit-Reset| 2026-11-22T21:10Z                                   | 600",
                "X-RateLimit-Reset     | 1795381260                                          | 60",
            })
    void waits_as_long_as_the_newer_headers_ask(String header, String value, int seconds) {
        assertThat(failure(READ, 429, "", Map.of(header, value)).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void a_time_in_the_past_does_not_replace_the_stated_seconds() {
        Map<String, String> seen = Map.of(
                "Beta-RateLimit", "\"tenant-app-quota\";r=0;t=2788",
                "X-Beta-RateLimit-Reset", "2026-11-22T20:00Z",
                "X-Beta-RateLimit-Reason", "jira-quota-tenant-based",
                "X-RateLimit-Remaining", "399");

        JiraFailure failure = failure(READ, 429, "", seen);

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(2788));
        assertThat(failure).hasMessageContaining("Jira limits our requests (jira-quota-tenant-based)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Beta-RateLimit-Reset", "X-RateLimit-Reset"})
    void a_reset_in_the_past_says_nothing_of_how_long_to_wait(String header) {
        String past = "2026-11-22T20:00Z";

        assertThat(failure(READ, 429, "", Map.of(header, past)).retryAfter()).isNull();
        assertThat(failure(READ, 429, "", Map.of(header, past, "RateLimit", "\"a\";r=0;t=40"))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_reset_in_the_past_does_not_hide_one_in_the_future() {
        assertThat(failure(
                                READ,
                                429,
                                "",
                                Map.of(
                                        "X-RateLimit-Reset", "2026-11-22T20:00Z",
                                        "X-Beta-RateLimit-Reset", "2026-11-22T21:01Z"))
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "RateLimit-Reason        | jira-burst-based                   | jira-burst-based",
                "X-Beta-RateLimit-Reason | jira-quota-global-based            | jira-quota-global-based",
                "Beta-RateLimit          | \"global-app-quota\";r=0;t=10      | global-app-quota",
            })
    void the_limit_is_named(String header, String value, String named) {
        assertThat(failure(MOVE, 429, "", Map.of(header, value))).hasMessageContaining("(" + named + ")");
    }

    @Test
    void a_limit_on_one_issue_is_that_issues_whichever_header_says_so() {
        assertThat(failure(MOVE, 429, "", Map.of("X-Beta-RateLimit-Reason", "jira-per-issue-on-write"))
                        .wholeSite())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | {'errorMessages':['You will not be able to create new issues because your Jira evaluation"
                        + " period has expired, please contact your Jira administrators.']}",
                "400 | {'errorMessages':['You will not be able to create new issues because the user limit for your"
                        + " Jira instance has been exceeded.']}",
                "403 | {'errorMessages':['Jira is in read-only mode because its license has expired.']}",
                "403 | {'message':'This site is currently read only'}",
                "405 | {'reason':'READ_ONLY','message':'Read-only mode is enabled'}",
                "503 | {'errorMessages':['The Jira license has expired; all projects are read-only.']}",
                "402 | {}",
            })
    void a_jira_that_takes_no_changes_is_waited_for(int status, String body) {
        for (JiraRequest request : List.of(CREATE, MOVE)) {
            JiraFailure failure = failure(request, status, body, Map.of());

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.problem()).isEqualTo(JiraProblem.READ_ONLY);
            assertThat(failure.wholeSite()).as("what is read goes on").isFalse();
            assertThat(failure.counts()).as("however long it lasts").isFalse();
            assertThat(failure).hasMessageContaining("Jira takes no changes at present");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'errorMessages':['Issue SEC-1 is archived. Archived issues of this Jira are read-only.']}",
                "{'errorMessages':['The field Severity is read-only on this Jira screen.']}",
                "{'errors':{'licence':'The Jira licence has expired'}}",
                "{'errorMessages':['It seems that you have tried to perform a workflow operation that is not valid']}"
            })
    void that_one_thing_cannot_be_changed_is_a_refusal(String body) {
        assertThat(failure(MOVE, 400, body, Map.of()).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void a_bulk_creation_is_refused_as_a_whole_only_where_every_element_is_for_that_reason() {
        String expired = "{'failedElementNumber':0,'elementErrors':{'errorMessages':['Your license has expired']}}";
        String other = "{'failedElementNumber':1,'elementErrors':{'errors':{'summary':'is required'}}}";

        assertThat(failure(CREATE, 400, "{'issues':[],'errors':[" + expired + "]}", Map.of()))
                .hasMessageContaining("Your license has expired")
                .extracting(JiraFailure::problem)
                .isEqualTo(JiraProblem.READ_ONLY);
        assertThat(failure(CREATE, 400, "{'issues':[],'errors':[" + expired + "," + other + "]}", Map.of()))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'errors':[{'message':'Nope'},{'message':'Never'}]} | Nope; Never",
                "{'errorMessage':'Nope'}                             | Nope",
                "{'errors':[{'errorMessage':'Nope'}]}                | Nope",
                "{'errors':['Nope']}                                 | Nope",
                "{'errorMessages':'Nope'}                            | Nope",
                "{'errorMessages':['Nope'],'errors':{'a':'b'}}       | Nope; a: b",
            })
    void jiras_messages_are_found_wherever_they_are(String body, String words) {
        assertThat(failure(MOVE, 400, body, Map.of())).hasMessage("Jira refused to move issue PROJ-7 (400): " + words);
    }

    private static final class Hands extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private final Hands clock = new Hands();
    private final List<Object> events = new ArrayList<>();
    private final JiraAvailability availability = new JiraAvailability(clock, events::add);

    @Test
    void while_jira_is_read_only_it_is_read_and_one_change_from_time_to_time_tries_it() {
        JiraFailure readOnly = failure(MOVE, 403, "{'errorMessages':['Jira is in read-only mode.']}", Map.of());
        availability.failed(JiraOperation.TRANSITION, readOnly);

        assertThat(availability.available()).isTrue();
        assertThat(availability.refusal(READ)).isNull();
        assertThat(availability.refusal(CREATE)).as("perhaps those are taken").isNull();
        assertThat(availability.refusal(MOVE)).hasMessageContaining("read-only mode");
        assertThat(availability.report().reason()).contains("read-only mode");

        clock.now = NOW.plusSeconds(2);
        assertThat(availability.refusal(MOVE)).as("the one that tries").isNull();
        assertThat(availability.refusal(MOVE)).isNotNull();
        availability.answered(JiraOperation.READ);
        availability.failed(JiraOperation.TRANSITION, readOnly);
        clock.now = NOW.plusSeconds(20);
        assertThat(availability.refusal(MOVE)).isNull();
        availability.answered(JiraOperation.TRANSITION);

        assertThat(availability.refusal(MOVE)).isNull();
        assertThat(availability.report().since()).isNull();
        assertThat(events)
                .containsExactly(
                        new JiraAvailability.ReadOnly(true, String.valueOf(readOnly.getMessage())),
                        new JiraAvailability.ReadOnly(false, ""));
    }
}
