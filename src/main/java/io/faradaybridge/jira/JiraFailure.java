package io.faradaybridge.jira;

import io.faradaybridge.jira.failures.FailureClassification;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of Jira that did not succeed, classified by {@link FailureClassification}. Its message is a sentence for users
 * and holds no secret.
 */
public final class JiraFailure extends RuntimeException {

    /** What a failure means for the work. */
    public enum Kind {
        /** May be tried again later: certainly not executed, or safe to repeat. */
        TRANSIENT,
        /** Jira does not accept the credentials: work waits until the connection is authorised again. */
        UNAUTHORISED,
        /** Jira refused; the same request would be refused again. */
        REFUSED,
        /** The object does not exist or is hidden from the bridge's account. */
        GONE,
        /** It may have been executed, so it is never repeated without a check. */
        UNKNOWN_OUTCOME
    }

    private final Kind kind;
    private final int status;
    private final boolean answered;
    private final boolean wholeSite;
    private final transient @Nullable Duration retryAfter;
    private final transient Map<String, String> fieldErrors;
    private final JiraProblem problem;
    private transient @Nullable SentRequest sent;

    /**
     * @param status HTTP status, 0 without an answer
     * @param answered whether Jira itself answered, so that it is not working on the request any more
     * @param wholeSite whether Jira as a whole fails (unreachable, limited, unauthorised) and not only this request
     * @param retryAfter the pause that Jira demands, or null
     * @param fieldErrors Jira's messages by field id; empty if it named none
     * @param problem why Jira as a whole cannot be used, if that is known
     */
    public JiraFailure(
            Kind kind,
            String message,
            int status,
            boolean answered,
            boolean wholeSite,
            @Nullable Duration retryAfter,
            Map<String, String> fieldErrors,
            JiraProblem problem) {
        super(message);
        this.kind = kind;
        this.status = status;
        this.answered = answered;
        this.wholeSite = wholeSite;
        this.retryAfter = retryAfter;
        this.fieldErrors = Map.copyOf(fieldErrors);
        this.problem = problem;
    }

    /** A failure of this request alone, which Jira answered. */
    public static JiraFailure answered(Kind kind, int status, String message) {
        return new JiraFailure(kind, message, status, true, false, null, Map.of(), JiraProblem.OTHER);
    }

    /** A failure of this request alone, without an answer. */
    public static JiraFailure unanswered(Kind kind, String message) {
        return new JiraFailure(kind, message, 0, false, false, null, Map.of(), JiraProblem.OTHER);
    }

    /** Jira as a whole cannot be used. */
    public static JiraFailure ofSite(Kind kind, int status, String message, JiraProblem problem) {
        return new JiraFailure(kind, message, status, status > 0, true, null, Map.of(), problem);
    }

    /** Called once, where the call ends. */
    public JiraFailure of(SentRequest failed) {
        sent = failed;
        return this;
    }

    /** The request that failed; null if none was made. */
    public @Nullable SentRequest sent() {
        return sent;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether Jira refused only this call, or hides its object from the bridge's account. */
    public boolean refusedOrGone() {
        return kind == Kind.REFUSED || kind == Kind.GONE;
    }

    public int status() {
        return status;
    }

    public boolean answered() {
        return answered;
    }

    public boolean wholeSite() {
        return wholeSite;
    }

    /** Whether the failure counts as an attempt: only if it is about the work itself and not about Jira as a whole. */
    public boolean counts() {
        return !wholeSite && problem != JiraProblem.READ_ONLY;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Map<String, String> fieldErrors() {
        return fieldErrors;
    }

    public JiraProblem problem() {
        return problem;
    }
}
