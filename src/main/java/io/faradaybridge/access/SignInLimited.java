package io.faradaybridge.access;

import org.springframework.security.core.AuthenticationException;

/** Too many sign-ins failed, so this one was not checked. The answer is 429. */
final class SignInLimited extends AuthenticationException {

    private final long seconds;

    SignInLimited(long seconds) {
        super("too many sign-ins failed");
        this.seconds = seconds;
    }

    /** How long to wait, for {@code Retry-After}. */
    long seconds() {
        return seconds;
    }
}
