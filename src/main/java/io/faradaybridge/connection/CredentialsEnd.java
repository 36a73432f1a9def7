package io.faradaybridge.connection;

import io.faradaybridge.secrets.SecretUnreadable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * When the credentials end, so that somebody stores others before. Jira does not tell the end of a token; the user who
 * stored it did. The metric and the health show what the last check found, without a look into the database.
 */
@Component("jiraCredentials")
class CredentialsEnd implements MeterBinder, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(CredentialsEnd.class);
    /** So many days before the end it is warned of. */
    private static final int[] WARNINGS = {1, 7, 14, 30};

    private static final int NOT_SOON = Integer.MAX_VALUE;

    private final CredentialStore stored;
    private final ConnectionSettings environment;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Instant end;
    private volatile boolean renewable;
    private @Nullable Instant warnedOf;
    private int warnedAt = NOT_SOON;

    CredentialsEnd(CredentialStore stored, ConnectionSettings environment) {
        this.stored = stored;
        this.environment = environment;
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.jira.credentials.left", this, CredentialsEnd::secondsLeft)
                .description("The time until the credentials for Jira end; negative: they have ended; NaN: not known")
                .baseUnit("seconds")
                .register(metrics);
    }

    private double secondsLeft() {
        Instant then = end;
        return then == null
                ? Double.NaN
                : Duration.between(clock.instant(), then).toSeconds();
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        Instant then = end;
        if (then != null) {
            health.withDetail("ends", then.toString());
        }
        warning(then, renewable).ifPresent(text -> health.withDetail("warning", text));
        return health.build();
    }

    /** Reads the end of the stored credentials, and logs it once at each of the warnings. */
    synchronized void check() {
        StoredCredentials now;
        try {
            now = environment.source().isEmpty() ? stored.find().orElse(null) : null;
        } catch (SecretUnreadable unreadable) {
            now = null;
        }
        end = now == null ? null : now.end();
        renewable = now != null && now.renewable();
        int stage = stage(end);
        if (end == null || !end.equals(warnedOf)) {
            warnedOf = end;
            warnedAt = NOT_SOON;
        }
        if (stage < warnedAt) {
            warnedAt = stage;
            warning(end, renewable).ifPresent(text -> log.warn("{}", text));
        }
    }

    /** The shortest of the warnings that has begun; 0 if they have ended. */
    private int stage(@Nullable Instant then) {
        if (then == null) {
            return NOT_SOON;
        }
        Duration left = Duration.between(clock.instant(), then);
        if (left.isNegative()) {
            return 0;
        }
        for (int days : WARNINGS) {
            if (left.compareTo(Duration.ofDays(days)) <= 0) {
                return days;
            }
        }
        return NOT_SOON;
    }

    /** What to say of credentials that end within 30 days; empty if they do not, or if the bridge renews them. */
    Optional<String> warning(StoredCredentials credentials) {
        return warning(credentials.end(), credentials.renewable());
    }

    private Optional<String> warning(@Nullable Instant then, boolean renewed) {
        int stage = stage(then);
        if (stage == NOT_SOON || (renewed && stage > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                stage == 0
                        ? "The credentials for Jira ended at " + then
                                + "; store new ones by PUT connection/credentials, or"
                                + " authorise the connection again"
                        : "The credentials for Jira end at " + then + ", within "
                                + (stage == 1 ? "a day" : stage + " days")
                                + "; store new ones by PUT connection/credentials, or authorise the connection again,"
                                + " before");
    }

    /** What their known end says of a Jira that does not accept them; empty if it says nothing. */
    String whyRefused() {
        Instant then = end;
        return then == null || then.isAfter(clock.instant())
                ? ""
                : ". They were to end at " + then + ", so they have probably ended: store new ones";
    }
}
