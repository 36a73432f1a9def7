package io.faradaybridge.jira.answers;

/**
 * A user of Jira.
 *
 * @param reference the value for a field: the name on Data Center, the account id on Cloud
 * @param email empty if Jira hides it
 */
public record JiraPerson(String reference, String displayName, String email) {}
