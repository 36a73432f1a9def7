package io.faradaybridge.sandbox;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Minutes that a test need not wait for. */
public final class PassedTime {

    private PassedTime() {}

    /**
     * As if the minutes had passed that a lost answer is waited for (L11, E3), for whatever Jira has been done with for so
     * long: those minutes protect calls that are under way.
     *
     * @param quiet longer than any call, and than Jira's search lags behind
     */
    public static void minutes(JdbcClient rows, Duration quiet) {
        rows.sql("""
                        UPDATE faraday_bridge.export_item
                           SET sent_at = sent_at - interval '10 minutes', retry_at = retry_at - interval '10 minutes',
                               lease_until = lease_until - interval '10 minutes'
                         WHERE state IN ('reserved', 'sending') AND updated_at < now() - :quiet * interval '1 millisecond'""").param("quiet", quiet.toMillis()).update();
        rows.sql("""
                        UPDATE faraday_bridge.issue_link
                           SET lease_until = lease_until - interval '10 minutes', retry_at = retry_at - interval '10 minutes'
                         WHERE lease_until IS NULL OR driving_since IS NULL
                            OR driving_since < now() - :quiet * interval '1 millisecond'""").param("quiet", quiet.toMillis()).update();
    }
}
