package io.faradaybridge.incoming;

/** Too many wrong tokens came from this address; this one was not looked at. Answered 429. */
final class TokensLimited extends RuntimeException {

    private final long seconds;

    TokensLimited(long seconds) {
        super("too many wrong tokens", null, false, false);
        this.seconds = seconds;
    }

    /** To wait, for {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
