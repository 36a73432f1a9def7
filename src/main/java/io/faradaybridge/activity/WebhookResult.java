package io.faradaybridge.activity;

import java.util.Locale;

/** What became of a webhook at the border: the name in the metric, the status report and the activity. */
public enum WebhookResult {
    /** 202; the status may still be the one that is already known. */
    ACCEPTED,
    /** 202, but ignored: the token's user may not change that workspace's vulnerabilities. */
    NOT_PERMITTED,
    /** 401: missing, unknown, expired, revoked, of another scope, of an inactive user. */
    WRONG_TOKEN,
    /** 429. */
    TOO_MANY,
    /** 413. */
    TOO_LARGE,
    /** 400: the body did not arrive completely in time. */
    NOT_IN_TIME,
    /** 400. */
    NOT_JSON,
    /** 400: neither the issue's key nor its id can be read. */
    NO_ISSUE,
    /** 400. */
    NO_STATUS,
    /** 400: Jira left a smart value as it was written. */
    NOT_RENDERED,
    /** 503: the sweep will find the change. */
    NOT_STORED;

    /** Such as {@code not-json}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
