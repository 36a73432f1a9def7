package io.faradaybridge.sandbox.jira;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What every part has to know of the Jira it belongs to. */
record Site(Deployment deployment, boolean isEleven, String baseUrl, String contextPath, JiraClock clock) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

    boolean isCloud() {
        return deployment == Deployment.CLOUD;
    }

    /** Data Center 11 brought them. */
    boolean hasServiceAccounts() {
        return isEleven;
    }

    /** Cloud names another host than its own in {@code self}, so nobody may build links from it. */
    String self(String tail) {
        return (isCloud() ? "https://api.atlassian.com" + Gateway.PATH : baseUrl) + "/rest/api/2/" + tail;
    }

    static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }
}
