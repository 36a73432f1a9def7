package io.faradaybridge.jira;

/**
 * The account the bridge acts as.
 *
 * @param id accountId on Cloud, the user's key (or name) on Data Center, as in {@link StatusChange#authorId}
 */
public record Myself(String id, String displayName) {}
