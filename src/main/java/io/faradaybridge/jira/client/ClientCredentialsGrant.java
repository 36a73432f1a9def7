package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSigner;
import io.faradaybridge.jira.http.SignedCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * OAuth 2.0 client credentials of a service account, Data Center 11 and later: a client id and secret are exchanged for
 * an access token of about an hour. Asking twice does no harm. A {@link JiraFailure} never holds Jira's own text, which
 * may quote what was sent.
 */
@Component
public class ClientCredentialsGrant {

    private static final String TOKEN = "/rest/oauth2/latest/token";
    private static final Duration DEADLINE = Duration.ofSeconds(6);
    /** For an answer that does not say how long the token lives. */
    private static final Duration SHORT_LIFE = Duration.ofMinutes(5);

    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    /** RFC 6749, section 5.2; anything else that Jira may write there is not shown. */
    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "access_denied");

    private final SignedCalls calls;
    private final Clock clock = Clock.systemUTC();

    ClientCredentialsGrant(SignedCalls calls) {
        this.calls = calls;
    }

    /** @param scope such as {@code WRITE}; several with blanks between */
    public record Client(URI baseUrl, String id, String secret, String scope) {
        @Override
        public String toString() {
            return "Client[" + baseUrl + ", " + id + ", scope=" + scope + ", ***]";
        }
    }

    /** @param life how long Jira accepts it from now on */
    public record Granted(String accessToken, Duration life) {
        @Override
        public String toString() {
            return "Granted[***, life=" + life + "]";
        }
    }

    /** Ends within 6 s. */
    public Granted accessToken(Client client) {
        JiraRequest request = new JiraRequest(
                JiraOperation.READ, "POST", TOKEN, List.of(), null, "an access token for the service account");
        HttpAnswer answer;
        try {
            answer = calls.post(
                    TOKEN,
                    Map.of(
                            "grant_type", "client_credentials",
                            "client_id", client.id(),
                            "client_secret", client.secret(),
                            "scope", client.scope()),
                    new RequestSigner.Party(client.baseUrl(), null, Map.of()),
                    DEADLINE);
        } catch (NoAnswer broken) {
            throw FailureClassification.ofBrokenCall(request, broken);
        }
        String token = answer.succeeded() ? answer.json().path("access_token").asText("") : "";
        if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c <= 0x7e)) {
            long seconds = answer.json().path("expires_in").asLong(SHORT_LIFE.toSeconds());
            return new Granted(token, Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFE.toSeconds()))));
        }
        throw refusal(request, client, answer);
    }

    private JiraFailure refusal(JiraRequest request, Client client, HttpAnswer answer) {
        String error = answer.json().path("error").asText("");
        if (ERRORS.contains(error) && answer.status() >= 400 && answer.status() < 500) {
            return unauthorised(answer, JiraProblem.CLIENT_REJECTED, error + ": " + advice(error, client));
        }
        if (answer.status() == 429 || answer.status() >= 500) {
            JiraFailure later = FailureClassification.ofAnswer(request, answer, clock.instant());
            if (later != null) {
                return later;
            }
        }
        return answer.status() == 401 || answer.status() == 403
                ? unauthorised(answer, JiraProblem.CLIENT_REJECTED, advice("", client))
                : unauthorised(
                        answer,
                        JiraProblem.WRONG_BASE_URL,
                        "it has no service accounts at " + client.baseUrl() + TOKEN
                                + "; they need Data Center 11 or later,"
                                + " and the connection's address must be Jira's own base URL with its context path");
    }

    private static String advice(String error, Client client) {
        return error.equals("invalid_scope")
                ? "the service account may not have the scope " + client.scope()
                        + "; allow it in Jira, or store the credentials with another scope"
                : "it does not accept the client id and secret; store them again, and check in Jira that the service"
                        + " account is active";
    }

    private static JiraFailure unauthorised(HttpAnswer answer, JiraProblem problem, String why) {
        return JiraFailure.ofSite(
                JiraFailure.Kind.UNAUTHORISED,
                answer.status(),
                "Jira did not give an access token for the service account (" + answer.status() + "): " + why,
                problem);
    }
}
