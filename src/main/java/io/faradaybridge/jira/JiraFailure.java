package io.faradaybridge.jira;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of Jira that did not succeed, classified by {@link FailureClassification}. Its message is for people and holds no secret. */
public final class JiraFailure extends RuntimeException {

    /** What a failure means for the work that met it. */
    public enum Kind {
        /** Worth trying again later; surely not executed, or safe to repeat. */
        TRANSIENT,
        /** We are not who Jira lets in: work waits until the connection is authorised again. */
        UNAUTHORISED,
        /** Jira understood and said no; the same request would be refused again. */
        REFUSED,
        /** The thing is gone, or hidden from our account. */
        GONE,
        /** It may have been executed: never repeated blindly. */
        UNKNOWN_OUTCOME
    }

    private final Kind kind;
    private final int status;
    private final boolean answered;
    private final boolean wholeSite;
    private final transient @Nullable Duration retryAfter;
    private final transient Map<String, String> fieldErrors;
    private final JiraProblem problem;

    /**
     * @param status HTTP status, 0 without an answer
     * @param answered Jira itself answered, so it is not working on the request any more
     * @param wholeSite the failure is Jira's as a whole (unreachable, limited, unauthorised), not this request's
     * @param retryAfter what Jira asked for, or null
     * @param fieldErrors Jira's messages by field id; empty where it named none
     */
    public JiraFailure(
            Kind kind,
            String message,
            int status,
            boolean answered,
            boolean wholeSite,
            @Nullable Duration retryAfter,
            Map<String, String> fieldErrors) {
        this(kind, message, status, answered, wholeSite, retryAfter, fieldErrors, JiraProblem.OTHER);
    }

    /** @param problem what stands between us and Jira as a whole, where that can be told */
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

    public Kind kind() {
        return kind;
    }

    /** Jira said no to this one thing, or does not show it to our account. */
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

    /** An attempt that failed so tells of the work itself; others may fail for as long as they do without a person's help. */
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
