package io.faradaybridge.jira;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What stands between us and Jira, as far as an answer or the lack of one tells. Each has a cure of its own. */
public enum JiraProblem {
    NOT_CONNECTED("Set Jira's address and give credentials: by OAuth, a personal access token, or an API token."),
    ANONYMOUS("Give the credentials anew: the token may be mistyped, expired or revoked, or the account disabled."),
    CAPTCHA("Sign in to Jira once in a browser as the bridge's account and answer the captcha."),
    CLOCK_SKEW("Set the clocks of both machines by NTP; Jira tolerates five minutes."),
    WRONG_BASE_URL(
            "Set the connection's address to the base URL in Jira's general configuration, with its context path, and"
                    + " let the bridge reach Jira past any sign-in page in front of it."),
    UNKNOWN_CONSUMER(
            "Compare the consumer key with the one in Jira's Application Link, incoming authentication; the link must"
                    + " be an \"Atlassian product\", not an \"External application\"."),
    BAD_SIGNATURE(
            "Paste the bridge's public key into Jira's Application Link again, and compare the connection's address with"
                    + " Jira's own base URL: scheme, host, port and path."),
    TOKEN_REJECTED("Authorise the connection again: the access was revoked in Jira, or belongs to another consumer."),
    TOKEN_EXPIRED("The bridge renews it by itself where Jira allows; else authorise the connection again."),
    DENIED("Authorise the connection again and press Allow in Jira, signed in as the bridge's account."),
    FORBIDDEN("Let the bridge's account use Jira: it needs an active account with access to the product."),
    TLS(
            "Give the certificate of the authority that signed Jira's, as PEM, in bridge.jira.ca-file; a certificate that has"
                    + " expired or names another host is to be renewed in Jira."),
    UNKNOWN_HOST("Check the host's spelling, and that the name server of this machine knows it."),
    CONNECTION_REFUSED("Check the port, that Jira is running, and that no firewall refuses the bridge."),
    TIMEOUT("Check that Jira is running and not overloaded, and that no firewall drops the bridge's packets."),
    BLOCKED_ADDRESS("If Jira is in a private network, name that network in bridge.jira.allowed-networks."),
    PROXY("Check bridge.jira.proxy-url, proxy-username and proxy-password, and that the proxy may reach Jira."),
    RATE_LIMITED("Wait a little; Jira limits how often it may be asked."),
    READ_ONLY("Renew Jira's licence, or end its maintenance, or whatever keeps it read-only; what waits goes on by"
            + " itself."),
    UNAVAILABLE("Wait until Jira, or the proxy in front of it, is well again; its own log says more."),
    UNEXPLAINED("Jira, or a proxy in front of it, gave no reason; its own log may say more."),
    OTHER("The message says what Jira answered; its own log may say more.");

    /** Jira, or something on the way to it, does not answer as it should for now: how exactly changes from call to call. */
    private static final Set<JiraProblem> PASSING =
            EnumSet.of(CONNECTION_REFUSED, TIMEOUT, RATE_LIMITED, READ_ONLY, UNAVAILABLE, UNEXPLAINED, OTHER);

    private final String hint;

    JiraProblem(String hint) {
        this.hint = hint;
    }

    /** What to do about it, for people. */
    public String hint() {
        return hint;
    }

    /** The same for all that is one outage to a person, whatever the single call met. */
    JiraProblem ofOutage() {
        return PASSING.contains(this) ? UNAVAILABLE : this;
    }

    /** As programs read it, such as {@code clock_skew}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
