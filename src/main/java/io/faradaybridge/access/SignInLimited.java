package io.faradaybridge.access;

import org.springframework.security.core.AuthenticationException;

/** Too many sign-ins failed; this one was not looked at. Answered 429. */
final class SignInLimited extends AuthenticationException {

    private final long seconds;

    SignInLimited(long seconds) {
        super("too many sign-ins failed");
        this.seconds = seconds;
    }

    /** To wait, for {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
