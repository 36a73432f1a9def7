package io.faradaybridge.incoming;

/** There were too many requests of this kind, so this one was not checked. The answer is 429. */
final class TokensLimited extends RuntimeException {

    private final long seconds;

    /** @param what what there were too many of, such as "wrong tokens came from this address" */
    TokensLimited(long seconds, String what) {
        super("too many " + what + "; try again in " + seconds + " s", null, false, false);
        this.seconds = seconds;
    }

    /** How long to wait, for {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
