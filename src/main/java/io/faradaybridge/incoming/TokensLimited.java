package io.faradaybridge.incoming;

/** Too many of the kind; this one was not looked at. Answered 429. */
final class TokensLimited extends RuntimeException {

    private final long seconds;

    /** @param whose as in "too many wrong tokens came from here" */
    TokensLimited(long seconds, String whose) {
        super("too many " + whose + "; try again in " + seconds + " s", null, false, false);
        this.seconds = seconds;
    }

    /** To wait, for {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
