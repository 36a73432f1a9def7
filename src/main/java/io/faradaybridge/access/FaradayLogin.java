package io.faradaybridge.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.BridgeSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.stereotype.Component;

/**
 * Signs in at Faraday itself, for accounts whose password only Faraday can check: {@code POST /_api/login}, after which
 * {@code GET /_api/session} must name the same user. This fails if Faraday needs more than the password (a one-time
 * code, the page of another site). A user who has signed in to Faraday in a browser has a session there, and Faraday
 * names its user too.
 */
@Component
class FaradayLogin {

    /** The cookie of Faraday's session, which only Faraday can read. */
    static final String COOKIE = "faraday_session_2";

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 422);
    private static final Pattern COOKIE_VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]{1,4096}");

    private final boolean configured;
    private final URI login;
    private final URI session;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LONGEST)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    FaradayLogin(BridgeSettings settings, ObjectMapper json) {
        String base = settings.faraday().address();
        this.configured = !base.isEmpty();
        this.login = URI.create(base + "/_api/login");
        this.session = URI.create(base + "/_api/session");
        this.json = json;
    }

    boolean configured() {
        return configured;
    }

    /** @throws InternalAuthenticationServiceException if Faraday does not answer */
    boolean admits(String username, String password) {
        HttpResponse<String> entered = send(HttpRequest.newBuilder(login)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body(username, password))));
        if (refused(entered)) {
            return false;
        }
        String cookies = entered.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        return named(cookies).filter(username::equals).isPresent();
    }

    /**
     * The user of a session of Faraday; empty if there is no such session any more.
     *
     * @throws InternalAuthenticationServiceException if Faraday does not answer
     */
    Optional<String> userOf(String faradaySession) {
        return COOKIE_VALUE.matcher(faradaySession).matches() ? named(COOKIE + "=" + faradaySession) : Optional.empty();
    }

    private Optional<String> named(String cookies) {
        HttpResponse<String> shown = send(HttpRequest.newBuilder(session)
                .header("Accept", "application/json")
                .header("Cookie", cookies));
        return refused(shown)
                ? Optional.empty()
                : Optional.of(username(shown.body())).filter(username -> !username.isEmpty());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request.timeout(LONGEST).build(), BodyHandlers.ofString());
        try {
            return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw away("does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("had not answered when the bridge stopped");
        }
    }

    private boolean refused(HttpResponse<String> answer) {
        if (answer.statusCode() != 200 && !REFUSALS.contains(answer.statusCode())) {
            throw away("answered " + answer.statusCode() + " to "
                    + answer.request().uri().getPath());
        }
        return answer.statusCode() != 200;
    }

    private static InternalAuthenticationServiceException away(String what) {
        return new InternalAuthenticationServiceException(
                "Faraday " + what + ", and some accounts are checked there; try again in a moment, or look at"
                        + " bridge.faraday.login-url");
    }

    private String body(String username, String password) {
        try {
            return json.writeValueAsString(Map.of("email", username, "password", password)); // Faraday's name for it
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Two texts are always JSON", e);
        }
    }

    private String username(String body) {
        try {
            return json.readTree(body).path("username").asText();
        } catch (IOException e) {
            throw away("did not answer /_api/session with JSON");
        }
    }
}
