package io.faradaybridge.jira;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why Jira cannot be used, as far as an answer or its absence shows. Each problem has its own hint. */
public enum JiraProblem {
    NOT_CONNECTED("Set Jira's address and give credentials: by OAuth, a personal access token, or an API token."),
    ANONYMOUS("Store the credentials again: the token may be mistyped, expired or revoked, or the account disabled."),
    CAPTCHA("Sign in to Jira once in a browser as the bridge's account and answer the captcha."),
    CLOCK_SKEW("Set the clocks of both machines by NTP; Jira tolerates five minutes."),
    WRONG_BASE_URL(
            "Set the connection's address to the base URL in Jira's general configuration, with its context path, and"
                    + " let the bridge reach Jira without a sign-in page in front of it."),
    UNKNOWN_CONSUMER(
            "Compare the consumer key with the one in Jira's Application Link, incoming authentication; the link must"
                    + " be an \"Atlassian product\", not an \"External application\"."),
    BAD_SIGNATURE(
            "Paste the bridge's public key into Jira's Application Link again, and compare the connection's address with"
                    + " Jira's own base URL: scheme, host, port and path."),
    TOKEN_REJECTED("Authorise the connection again: the access was revoked in Jira, or belongs to another consumer."),
    TOKEN_EXPIRED("The bridge renews it by itself if Jira allows it; otherwise authorise the connection again."),
    CLIENT_REJECTED("Store client id and secret again: they may be mistyped, or replaced or deactivated in Jira."),
    DENIED("Authorise the connection again and press Allow in Jira, signed in as the bridge's account."),
    FORBIDDEN("Let the bridge's account use Jira: it needs an active account with access to the product."),
    TLS("Put the certificate of the authority that signed Jira's certificate, as PEM, into bridge.jira.ca-file."
            + " If the certificate has expired or names another host, renew it in Jira."),
    UNKNOWN_HOST("Check the host's spelling, and that the name server of this machine knows it."),
    CONNECTION_REFUSED("Check the port, that Jira is running, and that no firewall refuses the bridge."),
    TIMEOUT("Check that Jira is running and not overloaded, and that no firewall drops the bridge's packets."),
    BLOCKED_ADDRESS("If Jira is in a private network, name that network in bridge.jira.allowed-networks."),
    PROXY("Check bridge.jira.proxy-url, proxy-username and proxy-password, and that the proxy may reach Jira."),
    RATE_LIMITED("Wait a little; Jira limits how often it may be asked."),
    READ_ONLY("Renew Jira's licence, or end its maintenance or any other cause that keeps it read-only; waiting work"
            + " goes on by itself."),
    UNAVAILABLE("Wait until Jira, or the proxy in front of it, works again; see its own log."),
    UNEXPLAINED("Jira, or a proxy in front of it, gave no reason; see its own log."),
    OTHER("The message says what Jira answered; see also Jira's own log.");

    /** Problems of one passing outage: the exact problem may change from call to call. */
    private static final Set<JiraProblem> PASSING =
            EnumSet.of(CONNECTION_REFUSED, TIMEOUT, RATE_LIMITED, READ_ONLY, UNAVAILABLE, UNEXPLAINED, OTHER);

    private final String hint;

    JiraProblem(String hint) {
        this.hint = hint;
    }

    /** What to do about it, as a sentence. */
    public String hint() {
        return hint;
    }

    /** One value for all problems that belong to one outage, whatever a single call reported. */
    public JiraProblem ofOutage() {
        return PASSING.contains(this) ? UNAVAILABLE : this;
    }

    /** The code for programs, such as {@code clock_skew}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
