package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import net.oauth.OAuth;
import net.oauth.OAuthProblemException;

/** Lets a call go wrong in the way a fault says. */
final class Mishaps {

    /** What would happen if nothing went wrong. */
    interface Work {
        Answer answer(RawRequest request);
    }

    private final Site site;
    private final SignatureCheck signatures;
    private final Executor background;

    Mishaps(Site site, SignatureCheck signatures, Executor background) {
        this.site = site;
        this.signatures = signatures;
        this.background = background;
    }

    Answer answer(Fault fault, RawRequest request, Work work) {
        return switch (fault.kind()) {
            case LATENCY -> {
                sleep(fault.delay());
                yield work.answer(request);
            }
            case SLOW_ANSWER -> {
                Answer answer = work.answer(request);
                sleep(fault.delay());
                yield answer;
            }
            case TOO_MANY_REQUESTS -> tooMany(fault.delay(), "jira-burst-based");
            case ERROR_BEFORE -> error(fault);
            case ERROR_AFTER -> {
                work.answer(request);
                yield error(fault);
            }
            case LOST_BEFORE -> Answer.DROPPED;
            case LOST_AFTER -> {
                work.answer(request);
                yield Answer.DROPPED;
            }
            case LOST_THEN_DONE -> {
                background.execute(() -> finishLate(fault, request, work));
                yield Answer.DROPPED;
            }
            case TOKEN_EXPIRED -> signatures.refuse(new OAuthProblemException(OAuth.Problems.TOKEN_EXPIRED));
            case TOKEN_REJECTED -> signatures.refuse(new OAuthProblemException(OAuth.Problems.TOKEN_REJECTED));
            case ANONYMOUS ->
                work.answer(request.withoutCredentials()).with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
            case NOBODY -> toNobody(request, work);
            case SCOPE_MISMATCH ->
                Answer.json(401, Json.object("code", 401, "message", "Unauthorized; scope does not match"));
            case READ_ONLY -> readOnly(request);
            case CAPTCHA ->
                Answer.html(403, BrowsePage.page("Forbidden (403)", "<h1>Basic authentication denied</h1>"))
                        .with("X-Seraph-LoginReason", "AUTHENTICATION_DENIED")
                        .with(
                                "X-Authentication-Denied-Reason",
                                "CAPTCHA_CHALLENGE; login-url=" + site.baseUrl() + "/login.jsp");
            case HTML -> Answer.html(200, BrowsePage.page("Log in", "<h1>Log in</h1>"));
            case CONFLICT ->
                Answer.json(409, Refusal.errors(List.of("The issue is being changed by another request."), Map.of()));
            case NOTHING_DONE -> Answer.empty(204);
        };
    }

    /** Nobody can ask for the own account; where a visitor would have to sign in, this Jira has nothing. */
    private Answer toNobody(RawRequest request, Work work) {
        String path = request.rawPath();
        Answer answer = work.answer(request.withoutCredentials());
        if (path.endsWith("/search")) {
            answer = Answer.json(200, Json.object("startAt", 0, "maxResults", 50, "total", 0, "issues", List.of()));
        } else if (path.endsWith("/search/jql")) {
            answer = Answer.json(200, Json.object("issues", List.of(), "isLast", true));
        } else if (answer.status() == 401 && !path.endsWith("/myself")) {
            answer = Answer.json(404, Refusal.errors(List.of("Issue Does Not Exist"), Map.of()));
        }
        return site.isCloud()
                ? answer.with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
                : answer.with("X-AUSERNAME", "anonymous");
    }

    private static Answer readOnly(RawRequest request) {
        if (!request.rawPath().endsWith("/bulk")) {
            return Answer.json(
                    403,
                    Refusal.errors(List.of("Jira is in read-only mode because its license has expired."), Map.of()));
        }
        String words = "You will not be able to create new issues because your Jira evaluation period has expired,"
                + " please contact your Jira administrators.";
        List<Object> errors = new ArrayList<>();
        for (int issue = 0; issue < request.json().path("issueUpdates").size(); issue++) {
            errors.add(Json.object(
                    "status",
                    400,
                    "elementErrors",
                    Refusal.errors(List.of(words), Map.of()),
                    "failedElementNumber",
                    issue));
        }
        return Answer.json(400, Json.object("issues", List.of(), "errors", errors));
    }

    /** Half of the time passes before the first issue of a bulk, the rest between the others. */
    private static void finishLate(Fault fault, RawRequest request, Work work) {
        int issues = Math.max(1, request.bodyText().split("\"summary\"", -1).length - 1);
        sleep(fault.delay().dividedBy(2));
        work.answer(request.pausing(() -> sleep(fault.delay().dividedBy(2L * issues))));
    }

    Answer tooMany(Duration retryAfter, String reason) {
        Answer answer = Answer.json(
                        429, Json.object("errorMessages", List.of("Rate limit exceeded."), "errors", Map.of()))
                .with("Retry-After", String.valueOf(retryAfter.toSeconds()));
        if (site.isCloud()) {
            return answer.with("X-RateLimit-Limit", "100")
                    .with("X-RateLimit-Remaining", "0")
                    .with(
                            "X-RateLimit-Reset",
                            site.clock().instant().plus(retryAfter).toString())
                    .with("X-RateLimit-NearLimit", "true")
                    .with("RateLimit-Reason", reason);
        }
        return answer.with("X-RateLimit-Limit", "20")
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-FillRate", "20")
                .with("X-RateLimit-Interval-Seconds", "60");
    }

    private static Answer error(Fault fault) {
        Answer answer = fault.status() == 500
                ? Answer.json(500, Refusal.errors(List.of("Internal server error"), Map.of()))
                : Answer.html(
                        fault.status(), BrowsePage.page("Error", "<h1>" + fault.status() + " from the proxy</h1>"));
        return fault.delay().isZero()
                ? answer
                : answer.with("Retry-After", String.valueOf(fault.delay().toSeconds()));
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
