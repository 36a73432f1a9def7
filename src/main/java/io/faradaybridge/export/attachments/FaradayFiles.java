package io.faradaybridge.export.attachments;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.jira.PercentEncoding;
import io.faradaybridge.tables.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads files of vulnerabilities through Faraday's API, {@code GET /_api/v3/vulns/{id}/attachment/{name}}. It signs in once, keeps
 * the session, and signs in again when Faraday does not accept it any more.
 */
@Component
class FaradayFiles {

    private static final Duration LONGEST_SIGN_IN = Duration.ofSeconds(5);
    private static final Duration LONGEST_READ = Duration.ofSeconds(30);
    /** Faraday may lock an account out for sign-ins that fail. */
    private static final Duration AFTER_A_REFUSED_SIGN_IN = Duration.ofMinutes(1);

    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 422);
    private static final Set<String> NO_NAMES = Set.of("", ".", "..");

    private final BridgeSettings.Faraday settings;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LONGEST_SIGN_IN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private @Nullable String cookies;
    private @Nullable Long refusedAtNanos;

    FaradayFiles(BridgeSettings settings) {
        this.settings = settings.faraday();
    }

    /** A file could not be read; the message is the reason with what to do. */
    static final class NotRead extends Exception {

        private final boolean forGood;

        private NotRead(boolean forGood, String message) {
            super(message);
            this.forGood = forGood;
        }

        /** Whether it is about this file; else all of Faraday cannot be read at present. */
        boolean forGood() {
            return forGood;
        }
    }

    /** @param contentType as Faraday names it */
    record Content(String contentType, LimitedBody.Bytes bytes) {}

    Content read(int vulnerabilityId, String filename, int maxBytes) throws NotRead {
        if (NO_NAMES.contains(filename)) {
            throw new NotRead(true, "its name is no name of a file; rename it in Faraday");
        }
        if (!settings.hasApiAccount()) {
            throw new NotRead(
                    false,
                    "the bridge has no account for Faraday's API; set bridge.faraday.login-url and bridge.faraday.api.password");
        }
        String session = cookies == null ? signIn() : cookies;
        HttpResponse<LimitedBody.Bytes> answer = ask(vulnerabilityId, filename, maxBytes, session);
        if (answer.statusCode() == 401) {
            answer = ask(vulnerabilityId, filename, maxBytes, signIn());
        }
        return switch (answer.statusCode()) {
            case 200 -> content(answer, maxBytes);
            case 404 ->
                throw new NotRead(
                        true,
                        "Faraday has no such file, or hides it from " + account()
                                + "; let the account enter the workspace");
            case 401, 403 ->
                throw new NotRead(
                        true,
                        "Faraday does not let " + account() + " read it (" + answer.statusCode()
                                + "); give the account the right to read vulnerabilities of the workspace");
            default -> throw new NotRead(false, "Faraday answered " + answer.statusCode() + "; see its own log");
        };
    }

    private static Content content(HttpResponse<LimitedBody.Bytes> answer, int maxBytes) throws NotRead {
        if (answer.body().tooMany()) {
            throw new NotRead(
                    true,
                    "it is larger than " + maxBytes
                            + " bytes; raise max_bytes of the project's attachments, or attach it by hand");
        }
        return new Content(answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    private HttpResponse<LimitedBody.Bytes> ask(int vulnerabilityId, String filename, int maxBytes, String session)
            throws NotRead {
        URI uri = URI.create(settings.address() + "/_api/v3/vulns/" + vulnerabilityId + "/attachment/"
                + PercentEncoding.encode(filename));
        return send(
                HttpRequest.newBuilder(uri).header("Cookie", session), LONGEST_READ, LimitedBody.ofSuccess(maxBytes));
    }

    private String signIn() throws NotRead {
        cookies = null;
        if (refusedAtNanos != null && System.nanoTime() - refusedAtNanos < AFTER_A_REFUSED_SIGN_IN.toNanos()) {
            throw signInRefused();
        }
        String account = Json.written(Map.of(
                "email", settings.api().username(), "password", settings.api().password()));
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(URI.create(settings.address() + "/_api/login"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(account)),
                LONGEST_SIGN_IN,
                BodyHandlers.ofString());
        if (REFUSALS.contains(answer.statusCode())) {
            refusedAtNanos = System.nanoTime();
            throw signInRefused();
        }
        if (answer.statusCode() != 200) {
            throw new NotRead(false, "Faraday answered " + answer.statusCode() + " to the sign-in; see its own log");
        }
        String session = answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        cookies = session;
        refusedAtNanos = null;
        return session;
    }

    private NotRead signInRefused() {
        return new NotRead(
                false,
                "Faraday did not let " + account()
                        + " sign in; check bridge.faraday.api.username and .password, and that"
                        + " the account is active and has no second factor");
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, Duration longest, BodyHandler<T> body)
            throws NotRead {
        CompletableFuture<HttpResponse<T>> answer =
                http.sendAsync(request.timeout(longest).build(), body);
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS); // with the body, unlike the request's timeout
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw away();
            }
            throw new IllegalStateException("Faraday could not be asked for a file", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away();
        }
    }

    private static NotRead away() {
        return new NotRead(
                false, "Faraday does not answer; check bridge.faraday.login-url, and that Faraday is running");
    }

    private String account() {
        return "the account '" + settings.api().username() + "'";
    }
}
