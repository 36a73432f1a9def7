package io.faradaybridge.jira;

/**
 * Somebody with an account.
 *
 * @param reference what a field wants: the name on Data Center, the account id on Cloud
 * @param email empty where Jira hides it
 */
public record JiraPerson(String reference, String displayName, String email) {}
