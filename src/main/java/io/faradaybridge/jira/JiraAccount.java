package io.faradaybridge.jira;

/** Provides the site. It is read for every request, so that a new token or address takes effect at once. */
@FunctionalInterface
public interface JiraAccount {

    /** @throws JiraFailure of kind UNAUTHORISED, with what to set up, if no connection is configured */
    JiraSite site();
}
