package io.faradaybridge.sandbox.jira;

import java.time.Instant;

/**
 * A request that reached the sandbox Jira.
 *
 * @param path below the context path, as sent
 * @param query as sent, empty for none
 * @param status of the answer; 0 for one that got none, or none yet
 */
public record ReceivedCall(Kind kind, String method, String path, String query, int status, Instant at) {

    /** What a call is for. */
    public enum Kind {
        CREATE,
        READ_ISSUE,
        READ_TRANSITIONS,
        TRANSITION,
        EDIT,
        COMMENT,
        READ_COMMENTS,
        REMOTE_LINK,
        ATTACH,
        SEARCH,
        PROPERTY,
        METADATA,
        OAUTH,
        OTHER;

        static Kind of(String method, String path) {
            boolean reads = method.equals("GET");
            if (path.startsWith("/plugins/servlet/oauth/") || path.equals(ServiceAccounts.TOKEN)) {
                return OAUTH;
            }
            String resource = path.replaceFirst("^/rest/api/[^/]+", "");
            if (resource.startsWith("/search")) {
                return SEARCH;
            }
            if (resource.matches("/(issue/createmeta|project|status|priority|field)(/.*)?")) {
                return METADATA;
            }
            if (resource.matches("/issue(/bulk)?")) {
                return CREATE;
            }
            if (resource.matches("/issue/[^/]+/transitions")) {
                return reads ? READ_TRANSITIONS : TRANSITION;
            }
            if (resource.matches("/issue/[^/]+/comment") || resource.startsWith("/comment/")) {
                return reads ? READ_COMMENTS : COMMENT;
            }
            if (resource.matches("/issue/[^/]+/attachments")) {
                return ATTACH;
            }
            if (resource.matches("/issue/[^/]+/properties.*")) {
                return PROPERTY;
            }
            if (resource.matches("/issue/[^/]+/remotelink")) {
                return REMOTE_LINK;
            }
            if (resource.equals("/issue/bulkfetch")) {
                return READ_ISSUE;
            }
            if (resource.matches("/issue/[^/]+")) {
                return reads ? READ_ISSUE : EDIT;
            }
            return OTHER;
        }
    }
}
