package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.PercentEncoding;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.failures.OAuthProblem;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSignature;
import io.faradaybridge.jira.http.RequestSigner;
import io.faradaybridge.jira.http.SignedCalls;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of OAuth 1.0a with Jira's servlets: a request token, the user's consent in a browser, an access token, and
 * later a new one in its place. Every step throws {@link JiraFailure}. Its message never holds Jira's answer, which
 * quotes tokens and signatures.
 */
@Component
public class OAuthTokens {

    /** The callback value for a user who enters the code manually. */
    public static final String OUT_OF_BAND = "oob";

    private static final String SERVLETS = "/plugins/servlet/oauth/";
    private static final Duration DEADLINE = Duration.ofSeconds(8);

    private final SignedCalls calls;
    private final Clock clock = Clock.systemUTC();

    OAuthTokens(SignedCalls calls) {
        this.calls = calls;
    }

    /** The consumer in Jira's Application Link. */
    public record Consumer(URI baseUrl, String consumerKey, PrivateKey privateKey) {
        @Override
        public String toString() {
            return "Consumer[" + baseUrl + ", " + consumerKey + ", ***]";
        }
    }

    /** Valid for ten minutes and one exchange. */
    public record RequestToken(String token, String secret) {
        @Override
        public String toString() {
            return "RequestToken[***]";
        }
    }

    /**
     * The access token for a consent.
     *
     * @param sessionHandle renews it; empty if it cannot be renewed
     * @param expiresIn null if Jira did not state it
     * @param authorizationExpiresIn how long it may be renewed; null if Jira did not state it
     */
    public record Grant(
            String accessToken,
            String tokenSecret,
            String sessionHandle,
            @Nullable Duration expiresIn,
            @Nullable Duration authorizationExpiresIn) {
        @Override
        public String toString() {
            return "Grant[***, expiresIn=" + expiresIn + "]";
        }
    }

    /** @param callback absolute http(s), or {@link #OUT_OF_BAND} */
    public RequestToken requestToken(Consumer consumer, String callback) {
        Map<String, String> reply =
                ask(consumer, "", "request-token", Map.of("oauth_callback", callback), OAuthProblem.Step.REQUEST_TOKEN);
        return new RequestToken(required(reply, "oauth_token"), reply.getOrDefault("oauth_token_secret", ""));
    }

    /** Jira's page where the user presses Allow or Deny. */
    public static URI authorizeUrl(Consumer consumer, RequestToken token) {
        return URI.create(
                consumer.baseUrl() + SERVLETS + "authorize?oauth_token=" + PercentEncoding.encode(token.token()));
    }

    public Grant accessToken(Consumer consumer, RequestToken token, String verifier) {
        return grant(ask(
                consumer,
                token.token(),
                "access-token",
                Map.of("oauth_verifier", verifier),
                OAuthProblem.Step.ACCESS_TOKEN));
    }

    /**
     * Replaces an access token. Jira deletes the old one when it answers.
     *
     * @throws JiraFailure of kind UNKNOWN_OUTCOME if Jira may have replaced it, but the answer was lost
     */
    public Grant renew(Consumer consumer, String accessToken, String sessionHandle) {
        return grant(ask(
                consumer,
                accessToken,
                "access-token",
                Map.of("oauth_session_handle", sessionHandle),
                OAuthProblem.Step.RENEWAL));
    }

    private Map<String, String> ask(
            Consumer consumer, String token, String servlet, Map<String, String> oauth, OAuthProblem.Step step) {
        RequestSigner.Party party = new RequestSigner.Party(
                consumer.baseUrl(),
                new JiraCredentials.OAuth1(consumer.consumerKey(), consumer.privateKey(), token),
                oauth);
        // classified as a creation: after a lost answer it may have happened and must not simply be repeated
        JiraRequest request =
                new JiraRequest(JiraOperation.CREATE, "POST", SERVLETS + servlet, List.of(), null, step.subject());
        HttpAnswer answer;
        try {
            answer = calls.send("POST", SERVLETS + servlet, party, DEADLINE);
        } catch (NoAnswer broken) {
            throw FailureClassification.ofBrokenCall(request, broken);
        }
        OAuthProblem problem = OAuthProblem.of(answer);
        if (problem != null) {
            throw failure(
                    JiraFailure.Kind.UNAUTHORISED,
                    "Jira did not give " + step.subject() + " (" + answer.status() + "): "
                            + problem.advice(step, clock.instant()),
                    answer.status(),
                    problem.problem());
        }
        if (answer.succeeded() && answer.text().contains("oauth_token=")) {
            return RequestSignature.queryParameters(answer.text().strip()).stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, again) -> first));
        }
        throw noOAuthHere(answer, step);
    }

    /** The answer holds neither a token nor an OAuth error: another server answered, or Jira does not work. */
    private static JiraFailure noOAuthHere(HttpAnswer answer, OAuthProblem.Step step) {
        int status = answer.status();
        String asked = "Asked for " + step.subject() + ", Jira answered " + status;
        if (status == 429 || status >= 500) {
            return failure(
                    step == OAuthProblem.Step.RENEWAL && status != 429
                            ? JiraFailure.Kind.UNKNOWN_OUTCOME
                            : JiraFailure.Kind.TRANSIENT,
                    asked + "; try again when Jira works again",
                    status,
                    status == 429 ? JiraProblem.RATE_LIMITED : JiraProblem.UNAVAILABLE);
        }
        return failure(
                JiraFailure.Kind.REFUSED,
                asked + (status >= 300 && status < 400 ? " with a redirect" : "")
                        + " and not with OAuth: the connection's address must be Jira's own base URL with its context"
                        + " path, without a sign-in page in front of it",
                status,
                JiraProblem.WRONG_BASE_URL);
    }

    private static Grant grant(Map<String, String> reply) {
        return new Grant(
                required(reply, "oauth_token"),
                reply.getOrDefault("oauth_token_secret", ""),
                reply.getOrDefault("oauth_session_handle", ""),
                seconds(reply, "oauth_expires_in"),
                seconds(reply, "oauth_authorization_expires_in"));
    }

    private static String required(Map<String, String> reply, String name) {
        String value = reply.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw failure(
                    JiraFailure.Kind.REFUSED,
                    "Jira's OAuth answer lacks " + name + "; check that the connection's address is Jira and not"
                            + " another server",
                    200,
                    JiraProblem.WRONG_BASE_URL);
        }
        return value;
    }

    private static @Nullable Duration seconds(Map<String, String> reply, String name) {
        String value = reply.getOrDefault(name, "");
        return value.matches("\\d{1,12}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
    }

    private static JiraFailure failure(JiraFailure.Kind kind, String message, int status, JiraProblem problem) {
        return JiraFailure.ofSite(kind, status, message, problem);
    }
}
