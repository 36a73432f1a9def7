package io.faradaybridge.incoming;

/**
 * The token is missing, unknown, expired, revoked, of another scope or of an inactive user. The caller does not learn
 * which.
 */
final class TokenRefused extends RuntimeException {

    TokenRefused() {
        super("X-Jira-Token is missing or not valid", null, false, false);
    }

    /** The detail for the activity, whose readers may know more than the caller. */
    static String detail() {
        return "X-Jira-Token is missing or not valid; give the rule a token of scope jira that is neither expired"
                + " nor revoked, of an active user";
    }
}
