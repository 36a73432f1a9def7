package io.faradaybridge.jira;

/**
 * The account the bridge acts as.
 *
 * @param id accountId on Cloud, the user's key (or name) on Data Center, as in {@link StatusChange#authorId}
 * @param reference how a field names it: accountId on Cloud, the user's name on Data Center
 */
public record Myself(String id, String displayName, String reference) {

    public Myself(String id, String displayName) {
        this(id, displayName, id);
    }
}
