package io.faradaybridge.jira;

/** Provides the site. It is read for every request, so that a new token or address takes effect at once. */
@FunctionalInterface
public interface JiraAccount {

    /** @throws JiraFailure of kind UNAUTHORISED, with what to set up, if no connection is configured */
    JiraSite site();

    /**
     * Jira did not accept the credentials of this site.
     *
     * @return whether there are others to try now: a new access token in place of one that Jira has forgotten
     */
    default boolean renew(JiraSite refused) {
        return false;
    }
}
