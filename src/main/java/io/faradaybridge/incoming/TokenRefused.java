package io.faradaybridge.incoming;

/** Missing, unknown, expired, revoked, of another scope, of an inactive user: all alike to the caller. */
final class TokenRefused extends RuntimeException {

    TokenRefused() {
        super("the token lets nobody in", null, false, false);
    }
}
