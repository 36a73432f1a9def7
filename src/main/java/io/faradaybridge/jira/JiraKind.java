package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;

/** The two kinds of Jira. Their interfaces differ in search and in the names of users. */
public enum JiraKind {
    DATA_CENTER,
    CLOUD;

    /** @param serverInfo Jira's answer without sign-in */
    public static JiraKind of(JsonNode serverInfo) {
        return serverInfo.path("deploymentType").asText().equalsIgnoreCase("Cloud") ? CLOUD : DATA_CENTER;
    }
}
