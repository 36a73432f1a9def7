package io.faradaybridge.jira.failures;

import io.faradaybridge.jira.http.HttpAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Jira's rate limits from an answer: how long to wait and which limit it is. Cloud states the newer limits in
 * headers that begin with Beta.
 */
final class RateLimit {

    /** Jira's quotas are hourly. A longer time is an error and must not stop the bridge for so long. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /**
     * One quota of {@code RateLimit: "tenant-app-quota";r=0;t=2788}: the remaining calls and the seconds until it is
     * full again.
     */
    private static final Pattern QUOTA = Pattern.compile("\"?([^\";,]*)\"?\\s*;\\s*r=(\\d{1,9})\\s*;\\s*t=(\\d{1,9})");

    private RateLimit() {}

    /** @return null if Jira demands no pause */
    static @Nullable Duration wait(HttpAnswer answer, Instant now) {
        // by Jira's clock, which set the time, if it is known
        Instant clock = Objects.requireNonNullElse(answer.date(), now);
        String retryAfter = answer.header("Retry-After").strip();
        Instant until = HttpAnswer.httpDate(retryAfter);
        if (retryAfter.matches("\\d{1,9}")) {
            return atMostAnHour(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        if (until != null) {
            return Objects.requireNonNullElse(fromNow(clock, until), Duration.ZERO);
        }
        return answer.status() == 429 ? ofQuota(answer, clock) : null;
    }

    private static @Nullable Duration ofQuota(HttpAnswer answer, Instant clock) {
        for (String header : List.of("RateLimit", "Beta-RateLimit")) {
            Matcher quota = QUOTA.matcher(answer.header(header));
            Duration longest = null;
            while (quota.find()) {
                Duration full = Duration.ofSeconds(Long.parseLong(quota.group(3)));
                if (quota.group(2).matches("0+")
                        && !full.isZero()
                        && (longest == null || full.compareTo(longest) > 0)) {
                    longest = full;
                }
            }
            if (longest != null) {
                return atMostAnHour(longest);
            }
        }
        for (String header : List.of("X-RateLimit-Reset", "X-Beta-RateLimit-Reset")) {
            Instant reset = time(answer.header(header).strip());
            Duration wait = reset == null ? null : fromNow(clock, reset);
            if (wait != null) {
                return wait;
            }
        }
        return null;
    }

    /** The limit's name, such as {@code jira-quota-tenant-based}; empty if Jira does not state it. */
    static String reason(HttpAnswer answer) {
        for (String header :
                List.of("RateLimit-Reason", "X-RateLimit-Reason", "X-Beta-RateLimit-Reason", "Beta-RateLimit-Reason")) {
            String reason = answer.header(header).strip();
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        Matcher quota = QUOTA.matcher(answer.header("RateLimit") + "," + answer.header("Beta-RateLimit"));
        while (quota.find()) {
            if (quota.group(2).matches("0+")) {
                return quota.group(1).strip();
            }
        }
        return "";
    }

    /** Null for a time in the past: Jira has been seen to name such ones while a limit lasted. */
    private static @Nullable Duration fromNow(Instant clock, Instant then) {
        return then.isAfter(clock) ? atMostAnHour(Duration.between(clock, then)) : null;
    }

    private static Duration atMostAnHour(Duration asked) {
        return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    /** An ISO time, or seconds since 1970. */
    private static @Nullable Instant time(String text) {
        if (text.matches("\\d{9,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        try {
            return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
