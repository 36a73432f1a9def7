package io.faradaybridge.configuration;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What the bridge does for a project and can be switched off by itself. */
public enum Direction {
    /** Issues follow vulnerabilities: status, fields, remote links, comments, attachments. */
    FARADAY_TO_JIRA,
    /** Vulnerabilities follow issues: status, comments. */
    JIRA_TO_FARADAY,
    /** New issues are created. */
    EXPORT;

    /** The name in tables and in the API, such as {@code faraday-to-jira}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Direction of(String label) {
        return Arrays.stream(values())
                .filter(direction -> direction.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no direction"));
    }
}
