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
 * Faraday's own sign-in, for accounts whose password it alone can judge: {@code POST /_api/login}, then {@code GET
 * /_api/session} must name the same user. A Faraday that wants more than the password (a one-time code, another site's page)
 * lets nobody in so; whoever signed in there by hand has a session of Faraday's, whose user it names too.
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
        String base = base(settings.faraday().loginUrl());
        this.configured = !base.isEmpty();
        this.login = URI.create(base + "/_api/login");
        this.session = URI.create(base + "/_api/session");
        this.json = json;
    }

    boolean configured() {
        return configured;
    }

    /** @throws InternalAuthenticationServiceException Faraday could not be asked */
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
     * Whose session of Faraday's it is; empty: nobody's, or nobody's any more.
     *
     * @throws InternalAuthenticationServiceException Faraday could not be asked
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
            throw away("was not waited for, the bridge is stopping");
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
            throw away("answered something else than JSON to /_api/session");
        }
    }

    /** Without what a link has for the browser: {@code https://host/#/vulns/{id}} is {@code https://host}. */
    static String base(String url) {
        return url.replaceFirst("[#?{].*", "").replaceFirst("/+$", "");
    }
}
