package io.faradaybridge.jira.answers;

/**
 * The bridge's account in Jira.
 *
 * @param id accountId on Cloud, the user's key (or name) on Data Center, as in {@link StatusChange#authorId}
 * @param reference the value for a field: accountId on Cloud, the user's name on Data Center
 */
public record Myself(String id, String displayName, String reference) {

    public Myself(String id, String displayName) {
        this(id, displayName, id);
    }
}
