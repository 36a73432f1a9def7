package io.faradaybridge.jira.failures;

import static io.faradaybridge.jira.JiraFailure.Kind.GONE;
import static io.faradaybridge.jira.JiraFailure.Kind.REFUSED;
import static io.faradaybridge.jira.JiraFailure.Kind.TRANSIENT;
import static io.faradaybridge.jira.JiraFailure.Kind.UNAUTHORISED;
import static io.faradaybridge.jira.JiraFailure.Kind.UNKNOWN_OUTCOME;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.answers.JiraErrors;
import io.faradaybridge.jira.http.CallDeadline;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSigner;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The only place that decides what a failed call means, by its operation and its result. */
public final class FailureClassification {

    private static final Set<Integer> BUSY = Set.of(408, 425, 429);
    /** Statuses of proxies that lost the connection to Jira, which may still work on the request. */
    private static final Set<Integer> JIRA_OUT_OF_SIGHT = Set.of(408, 502, 504, 520, 521, 522, 523, 524);

    private static final Pattern ISSUE =
            Pattern.compile("/rest/api/[^/]+/issue/(?!createmeta(/|$)|bulk$|picker$)[^/]+(/.*)?");

    private FailureClassification() {}

    /** A call that broke: no answer, or only a part of it, was received. */
    public static JiraFailure ofBrokenCall(JiraRequest request, NoAnswer broken) {
        boolean tooLarge = broken.getCause() instanceof CallDeadline.AnswerTooLarge;
        boolean tooLate = broken.getCause() instanceof RequestSigner.TooLate;
        JiraFailure.Kind kind = !broken.sent() || (request.operation().repeatable() && !tooLarge)
                ? TRANSIENT
                : request.operation().repeatable() ? REFUSED : UNKNOWN_OUTCOME;
        String message = broken.sent()
                ? "Jira got the request to " + task(request) + ", but " + broken.getMessage()
                        + (kind == UNKNOWN_OUTCOME ? "; it may have done it or not" : "")
                : "Jira could not be asked to " + task(request) + ": " + broken.getMessage()
                        + (tooLate
                                        || broken.problem() == JiraProblem.BLOCKED_ADDRESS
                                        || broken.problem() == JiraProblem.TLS
                                ? ""
                                : "; check that its address is right and that it is running");
        boolean wholeSite = !tooLarge && !tooLate && !(broken.sent() && ofTheFile(request));
        return new JiraFailure(kind, message, 0, false, wholeSite, null, Map.of(), broken.problem());
    }

    /** @return the failure; null if the answer is a success */
    public static @Nullable JiraFailure ofAnswer(JiraRequest request, HttpAnswer answer, Instant now) {
        Answered answered = new Answered(request, answer, now);
        OAuthProblem problem = OAuthProblem.of(answer);
        if (problem != null) {
            return problem.seenBefore()
                    ? answered.repeatedOnTheWay()
                    : answered.unauthorised(problem.advice(now), problem.problem());
        }
        if (answer.succeeded()) {
            return answered.doubtfulSuccess();
        }
        if (ReadOnlyJira.refuses(request, answer)) {
            return answered.readOnly();
        }
        if (isPerElement(request, answer)) {
            return null;
        }
        String notSignedIn = answered.whyNotSignedIn();
        if (!notSignedIn.isEmpty()) {
            return answered.unauthorised(notSignedIn, answered.signInProblem());
        }
        return answered.byStatus();
    }

    /** A bulk creation in which every element failed: the status is 400, but the body has a result for each element. */
    private static boolean isPerElement(JiraRequest request, HttpAnswer answer) {
        return request.operation() == JiraOperation.CREATE
                && answer.status() == 400
                && answer.json().path("errors").path(0).has("failedElementNumber");
    }

    /** A large body may be what a proxy does not take, or what takes too long: it says nothing of other calls. */
    private static boolean ofTheFile(JiraRequest request) {
        return request.operation() == JiraOperation.ATTACH;
    }

    private static String task(JiraRequest request) {
        return switch (request.operation()) {
            case CREATE -> "create " + request.subject();
            case TRANSITION -> "move " + request.subject();
            case EDIT -> "change " + request.subject();
            case ATTACH -> "add a file to " + request.subject();
            case READ -> (request.method().equals("PUT") ? "write " : "read ") + request.subject();
        };
    }

    private record Answered(JiraRequest request, HttpAnswer answer, Instant now) {

        JiraFailure byStatus() {
            int status = answer.status();
            if (status < 400) {
                return unauthorised(
                        "it redirects to " + origin(answer.header("Location"))
                                + "; set the connection's address to the one Jira itself uses, or let the bridge pass the sign-in"
                                + " page in front of it",
                        JiraProblem.WRONG_BASE_URL);
            }
            if (BUSY.contains(status) || status >= 500) {
                return later();
            }
            if (status == 407) {
                return failure(
                        TRANSIENT,
                        "The proxy on the way to Jira needs another user or password (407) to " + task(request)
                                + "; check bridge.jira.proxy-username and bridge.jira.proxy-password",
                        true);
            }
            if ((status == 404 || status == 410)
                    && request.operation() != JiraOperation.CREATE
                    && ISSUE.matcher(request.path()).matches()) {
                return failure(
                        GONE,
                        sentence(
                                "does not exist or is hidden from the bridge's account: restore it, or let the"
                                        + " account see it",
                                request.subject()),
                        false);
            }
            if (status == 410) {
                return failure(
                        REFUSED,
                        "Jira has removed the interface " + request.path() + " that was used to " + task(request)
                                + reasons() + "; a newer version of the bridge is needed",
                        false);
            }
            return failure(REFUSED, "Jira refused to " + task(request) + " (" + status + ")" + reasons(), false);
        }

        private JiraFailure later() {
            int status = answer.status();
            boolean surelyNotDone = status == 425 || status == 429;
            if (!surelyNotDone && !request.operation().repeatable()) {
                return failure(
                        UNKNOWN_OUTCOME,
                        "Jira answered " + status + " when asked to " + task(request) + reasons()
                                + "; it may have done it or not",
                        ofWholeSite());
            }
            String limit = RateLimit.reason(answer);
            String why = status == 429
                    ? "Jira limits our requests" + (limit.isEmpty() ? "" : " (" + limit + ")")
                    : "Jira answered " + status;
            return failure(TRANSIENT, why + " when asked to " + task(request) + reasons(), ofWholeSite());
        }

        /** The change was certainly not made, and is tried again without a limit of attempts. */
        JiraFailure readOnly() {
            String reason = JiraErrors.everywhereIn(answer.json()).text();
            return failure(
                    TRANSIENT,
                    "Jira takes no changes at present, so it did not " + task(request) + " (" + answer.status() + ")"
                            + (reason.isEmpty() ? "" : ": " + reason),
                    false,
                    JiraProblem.READ_ONLY);
        }

        /** A 500 concerns only the request, and a limit on writes to one issue only that issue. */
        private boolean ofWholeSite() {
            return answer.status() != 500
                    && answer.status() != 501
                    && !(ofTheFile(request) && answer.status() != 429)
                    && !RateLimit.reason(answer).contains("per-issue");
        }

        @Nullable
        JiraFailure doubtfulSuccess() {
            String notSignedIn = whyNotSignedIn();
            String doubt = !notSignedIn.isEmpty()
                    ? notSignedIn
                    : answer.isJson()
                            ? ""
                            : "it did not answer with JSON; check that the connection's address is Jira and not a"
                                    + " sign-in page or another server";
            if (doubt.isEmpty()) {
                return null;
            }
            if (request.operation().repeatable()) {
                return unauthorised(doubt, notSignedIn.isEmpty() ? JiraProblem.WRONG_BASE_URL : signInProblem());
            }
            return failure(
                    UNKNOWN_OUTCOME,
                    "Jira may have done it or not when asked to " + task(request) + ": " + doubt,
                    true);
        }

        /**
         * Why the answer shows that the bridge was not signed in, whatever its status: Jira may treat a bad token as
         * anonymous.
         */
        String whyNotSignedIn() {
            String reason = answer.header("X-Authentication-Denied-Reason");
            if (reason.contains("CAPTCHA_CHALLENGE")) {
                return "it wants a captcha after too many failed sign-ins; sign in once in a browser as the bridge's account";
            }
            if (answer.served() == HttpAnswer.Served.NOBODY) {
                return "it treats the bridge as anonymous; renew the token, or authorise the connection again";
            }
            if (answer.status() == 401) {
                return "it does not accept the credentials" + reasons()
                        + "; the token has probably ended or was revoked:"
                        + " store a new one, or authorise the connection again";
            }
            return "";
        }

        /** The problem behind an answer without sign-in. */
        JiraProblem signInProblem() {
            return answer.header("X-Authentication-Denied-Reason").contains("CAPTCHA_CHALLENGE")
                    ? JiraProblem.CAPTCHA
                    : JiraProblem.ANONYMOUS;
        }

        JiraFailure unauthorised(String why, JiraProblem problem) {
            return failure(
                    UNAUTHORISED,
                    "Jira did not accept the bridge's credentials to" + " " + task(request) + " (" + answer.status()
                            + "): " + why,
                    true,
                    problem);
        }

        JiraFailure repeatedOnTheWay() {
            return failure(
                    request.operation().repeatable() ? TRANSIENT : UNKNOWN_OUTCOME,
                    "Jira received the same request to " + task(request) + " before (nonce_used): something between"
                            + " the bridge and Jira repeats requests",
                    false);
        }

        private JiraFailure failure(JiraFailure.Kind kind, String message, boolean wholeSite) {
            return failure(kind, message, wholeSite, problemByStatus());
        }

        private JiraProblem problemByStatus() {
            return switch (answer.status()) {
                case 403 -> JiraProblem.FORBIDDEN;
                case 404 -> JiraProblem.WRONG_BASE_URL;
                case 407 -> JiraProblem.PROXY;
                case 429 -> JiraProblem.RATE_LIMITED;
                case 400 -> reasons().isEmpty() ? JiraProblem.UNEXPLAINED : JiraProblem.OTHER;
                default -> answer.status() >= 500 ? JiraProblem.UNAVAILABLE : JiraProblem.OTHER;
            };
        }

        private JiraFailure failure(JiraFailure.Kind kind, String message, boolean wholeSite, JiraProblem problem) {
            return new JiraFailure(
                    kind,
                    message,
                    answer.status(),
                    !JIRA_OUT_OF_SIGHT.contains(answer.status()),
                    wholeSite,
                    RateLimit.wait(answer, now),
                    JiraErrors.in(answer.json()).fields(),
                    problem);
        }

        private String reasons() {
            String reasons = JiraErrors.in(answer.json()).text();
            return reasons.isEmpty() ? "" : ": " + reasons;
        }

        private static String sentence(String predicate, String subject) {
            return Character.toUpperCase(subject.charAt(0)) + subject.substring(1) + " " + predicate;
        }

        /** The target of a redirect without its query, which may hold a token. */
        private static String origin(String location) {
            try {
                URI uri = URI.create(location);
                return uri.getHost() == null
                        ? location.split("[?#]")[0]
                        : uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
            } catch (IllegalArgumentException unreadable) {
                return "another address";
            }
        }
    }
}
