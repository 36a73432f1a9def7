package io.faradaybridge.sandbox.jira;

import java.time.Duration;

/**
 * One way in which a call goes wrong.
 *
 * @param status of an error; 0 where it has none
 * @param delay how long it takes, or what Retry-After asks for
 */
public record Fault(Kind kind, int status, Duration delay) {

    /** The ways. "Before" and "after" say whether the work is done all the same. */
    public enum Kind {
        /** Slow, then the work, then the answer: who hangs up meanwhile finds it done later. */
        LATENCY,
        /** The work at once, the answer slowly. */
        SLOW_ANSWER,
        TOO_MANY_REQUESTS,
        ERROR_BEFORE,
        ERROR_AFTER,
        /** Hangs up without doing anything. */
        LOST_BEFORE,
        /** Does the work and hangs up. */
        LOST_AFTER,
        /** Hangs up, and does the work up to so much later, a bulk creation issue by issue. */
        LOST_THEN_DONE,
        TOKEN_EXPIRED,
        TOKEN_REJECTED,
        /** Answers as if nobody had signed in, as Cloud does. */
        ANONYMOUS,
        /** A token that ended, silently: nobody may see issues, and searches find nothing. */
        NOBODY,
        /** Everybody is refused here. */
        SCOPE_MISMATCH,
        /** The licence ended: changes are refused, creations element by element. */
        READ_ONLY,
        CAPTCHA,
        /** 200 with a page for people. */
        HTML,
        CONFLICT,
        /** 204, and nothing is done: a validator or post function that fails quietly. */
        NOTHING_DONE
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, 0, Duration.ZERO);
    }

    public static Fault latency(Duration delay) {
        return new Fault(Kind.LATENCY, 0, delay);
    }

    public static Fault slowAnswer(Duration delay) {
        return new Fault(Kind.SLOW_ANSWER, 0, delay);
    }

    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault(Kind.TOO_MANY_REQUESTS, 429, retryAfter);
    }

    /** 500, or 502 to 504 as a proxy's page. */
    public static Fault errorBefore(int status) {
        return new Fault(Kind.ERROR_BEFORE, status, Duration.ZERO);
    }

    public static Fault errorAfter(int status) {
        return new Fault(Kind.ERROR_AFTER, status, Duration.ZERO);
    }

    public static Fault unavailable(Duration retryAfter) {
        return new Fault(Kind.ERROR_BEFORE, 503, retryAfter);
    }

    public static Fault lostBefore() {
        return of(Kind.LOST_BEFORE);
    }

    public static Fault lostAfter() {
        return of(Kind.LOST_AFTER);
    }

    public static Fault lostThenDone(Duration within) {
        return new Fault(Kind.LOST_THEN_DONE, 0, within);
    }

    public static Fault tokenExpired() {
        return of(Kind.TOKEN_EXPIRED);
    }

    public static Fault tokenRejected() {
        return of(Kind.TOKEN_REJECTED);
    }

    public static Fault anonymous() {
        return of(Kind.ANONYMOUS);
    }

    public static Fault nobody() {
        return of(Kind.NOBODY);
    }

    public static Fault scopeMismatch() {
        return of(Kind.SCOPE_MISMATCH);
    }

    public static Fault readOnly() {
        return of(Kind.READ_ONLY);
    }

    public static Fault captcha() {
        return of(Kind.CAPTCHA);
    }

    public static Fault html() {
        return of(Kind.HTML);
    }

    public static Fault conflict() {
        return of(Kind.CONFLICT);
    }

    public static Fault nothingDone() {
        return of(Kind.NOTHING_DONE);
    }
}
