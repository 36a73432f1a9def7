package io.faradaybridge.sandbox.jira;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What every part has to know of the Jira it belongs to. */
record Site(Deployment deployment, String baseUrl, String contextPath, JiraClock clock) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

    boolean isCloud() {
        return deployment == Deployment.CLOUD;
    }

    /** Cloud names another host than its own in {@code self}, so nobody may build links from it. */
    String self(String tail) {
        return (isCloud() ? "https://api.atlassian.com/ex/jira/5d1ed3a9-4b1c-4f0e-9d35-1a3c7d9a2b60" : baseUrl)
                + "/rest/api/2/" + tail;
    }

    static String timestamp(Instant time) {
        return TIMESTAMP.format(time);
    }
}
