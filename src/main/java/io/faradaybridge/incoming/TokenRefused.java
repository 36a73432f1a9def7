package io.faradaybridge.incoming;

/** Missing, unknown, expired, revoked, of another scope, of an inactive user: all alike to the caller. */
final class TokenRefused extends RuntimeException {

    TokenRefused() {
        super("X-Jira-Token is missing or not valid", null, false, false);
    }

    /** For the activity, whose readers may know more than the caller. */
    static String words() {
        return "X-Jira-Token is missing or not valid; give the rule a token of scope jira that is neither expired"
                + " nor revoked, of an active user";
    }
}
