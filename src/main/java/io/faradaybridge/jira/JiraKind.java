package io.faradaybridge.jira;

import com.fasterxml.jackson.databind.JsonNode;

/** The two Jiras, whose interfaces differ in search and in how people are named. */
public enum JiraKind {
    DATA_CENTER,
    CLOUD;

    /** @param serverInfo Jira's answer to anybody */
    static JiraKind of(JsonNode serverInfo) {
        return serverInfo.path("deploymentType").asText().equalsIgnoreCase("Cloud") ? CLOUD : DATA_CENTER;
    }
}
