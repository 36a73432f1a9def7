package io.faradaybridge.jira;

/** Gives the site to talk to, asked anew for every request, so that a new token or address counts at once. */
@FunctionalInterface
public interface JiraAccount {

    /** @throws JiraFailure of kind UNAUTHORISED, saying what to set up, while no connection is configured */
    JiraSite site();
}
