package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.OAuthTokens;
import io.faradaybridge.lease.Leases;
import io.faradaybridge.secrets.TokenHash;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets a new access token by the session handle before the present one ends. Jira deletes the old token when it
 * answers. So one replica at a time asks, and it saves before that it will ask. If the answer is lost, the old token is
 * tried first: if it still works, nothing has happened; if Jira rejects it, the authorisation is lost and the state
 * says so.
 */
@Component
class TokenRenewal {

    private static final Logger log = LoggerFactory.getLogger(TokenRenewal.class);
    private static final Duration EARLIEST = Duration.ofDays(30);

    private static final String RENEWAL = "token-renewal";
    /** Longer than Jira may go on after a lost answer. */
    private static final Duration LEASE = Duration.ofSeconds(150);

    private final Leases leases;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final CredentialStore stored;
    private final ConsumerKeys keys;
    private final ConnectionSettings environment;
    private final OAuthTokens tokens;
    private final ConnectionProbe probe;
    private final AuthorizationState state;
    private final ConfiguredJira jira;
    private final JiraAvailability availability;
    private final SetupAudit audit;
    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Unsaved unsaved;

    /** The token that Jira gave while the database was away. Jira accepts no other token any more. */
    private record Unsaved(StoredCredentials old, StoredCredentials renewed) {}

    TokenRenewal(
            Leases leases,
            JdbcClient jdbc,
            TransactionOperations transaction,
            CredentialStore stored,
            ConsumerKeys keys,
            ConnectionSettings environment,
            OAuthTokens tokens,
            ConnectionProbe probe,
            AuthorizationState state,
            ConfiguredJira jira,
            JiraAvailability availability,
            SetupAudit audit) {
        this.leases = leases;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.stored = stored;
        this.keys = keys;
        this.environment = environment;
        this.tokens = tokens;
        this.probe = probe;
        this.state = state;
        this.jira = jira;
        this.availability = availability;
        this.audit = audit;
    }

    /** Whether the access token can still be renewed. */
    boolean canRenew(StoredCredentials credentials) {
        Instant end = credentials.authorizationExpiresAt();
        return credentials.renewable() && (end == null || end.isAfter(clock.instant()));
    }

    /** Whether Jira was asked to replace the access token and its answer is not known. */
    boolean outcomeUnknown(StoredCredentials credentials) {
        return credentials.type() == CredentialsType.OAUTH1
                && sentFor(credentials)
                && leases.find(RENEWAL).filter(lease -> !lease.held()).isPresent();
    }

    /** Renews the token if it ends soon: within a month or within a tenth of its life. */
    void renewIfDue() {
        Unsaved kept = unsaved;
        if (kept != null) {
            save(kept);
        }
        inUse().filter(this::due).ifPresent(this::renew);
    }

    /** Renews the token if Jira says that the present one has expired. Another replica may have renewed it already. */
    void renewIfExpired() {
        inUse().filter(this::expired).ifPresent(this::renew);
    }

    private boolean expired(StoredCredentials credentials) {
        PrivateKey key = keys.privateKey().orElse(null);
        return key != null && refusal(credentials, key) == JiraProblem.TOKEN_EXPIRED;
    }

    /** Why Jira does not accept the credentials; null if it does. */
    private @Nullable JiraProblem refusal(StoredCredentials credentials, PrivateKey key) {
        try {
            probe.myself(new JiraSite(
                    URI.create(credentials.site()),
                    new JiraCredentials.OAuth1(credentials.consumerKey(), key, credentials.token())));
            return null;
        } catch (JiraFailure failure) {
            return failure.problem();
        }
    }

    private Optional<StoredCredentials> inUse() {
        return environment.source().isEmpty() && unsaved == null
                ? stored.find().filter(this::canRenew)
                : Optional.empty();
    }

    private boolean due(StoredCredentials credentials) {
        Instant end = credentials.expiresAt();
        if (end == null) {
            return false;
        }
        Duration tenth = Duration.between(credentials.savedAt(), end).dividedBy(10);
        Duration early = tenth.compareTo(EARLIEST) < 0 ? tenth : EARLIEST;
        return clock.instant().isAfter(end.minus(early)) || outcomeUnknown(credentials);
    }

    private synchronized void renew(StoredCredentials credentials) {
        PrivateKey key = keys.privateKey().orElse(null);
        if (key == null || !take()) {
            return;
        }
        // another replica may have renewed it before this one had the lease
        if (stored.find().filter(credentials::equals).isEmpty()) {
            leases.release(RENEWAL);
            return;
        }
        if ((sentFor(credentials) && !stillKnown(credentials, key)) || !sending(credentials)) {
            return;
        }
        OAuthTokens.Consumer consumer =
                new OAuthTokens.Consumer(URI.create(credentials.site()), credentials.consumerKey(), key);
        try {
            OAuthTokens.Grant grant = tokens.renew(consumer, credentials.token(), credentials.sessionHandle());
            StoredCredentials renewed =
                    StoredCredentials.oauth(credentials.site(), credentials.consumerKey(), grant, clock.instant());
            save(new Unsaved(credentials, renewed));
        } catch (JiraFailure failure) {
            notRenewed(failure);
        }
    }

    private void save(Unsaved result) {
        try {
            boolean saved = Boolean.TRUE.equals(transaction.execute(status -> replace(result)));
            unsaved = null;
            jira.changed();
            availability.probeNow();
            log.info(
                    saved
                            ? "Jira gave a new access token in place of the old one"
                            : "The connection was changed while its token was being renewed; the newer one stays");
        } catch (DataAccessException | TransactionException noDatabase) {
            unsaved = result;
            log.warn("Jira gave a new access token while the database is away. It will be saved when the database is"
                    + " back; do not stop this process before");
        }
    }

    private boolean replace(Unsaved result) {
        Optional<StoredCredentials> now = stored.lock();
        settle();
        if (now.filter(result.old()::equals).isEmpty()) {
            return false;
        }
        stored.save(result.renewed());
        audit.record(
                null,
                "the bridge",
                "connection.credentials",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("expires_at", String.valueOf(result.old().expiresAt())),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("renewed", true)
                        .put("expires_at", String.valueOf(result.renewed().expiresAt())));
        return true;
    }

    private void notRenewed(JiraFailure failure) {
        if (failure.kind() == JiraFailure.Kind.UNKNOWN_OUTCOME) {
            log.warn(
                    "It is not known whether Jira renewed the access token: {}. The bridge will check it in some"
                            + " minutes",
                    failure.getMessage());
            return; // the lease expires by itself, because Jira may still be working on it
        }
        Duration pause = failure.kind() == JiraFailure.Kind.TRANSIENT ? Duration.ofMinutes(5) : Duration.ofHours(1);
        if (leases.take(RENEWAL, pause)) {
            note(null);
        }
        log.warn(
                "The access token was not renewed; the next attempt is in {} min: {}",
                pause.toMinutes(),
                failure.getMessage());
    }

    /** After a lost answer: whether the old token works or has only expired, so that Jira did not replace it. */
    private boolean stillKnown(StoredCredentials credentials, PrivateKey key) {
        JiraProblem problem = refusal(credentials, key);
        if (problem == null || problem == JiraProblem.TOKEN_EXPIRED) {
            return true;
        }
        if (problem == JiraProblem.TOKEN_REJECTED) {
            settle();
            state.foundUnauthorizedBecause(
                    problem.code(),
                    "Jira renewed the access token, but its answer was lost on the way, and the old one is no longer"
                            + " accepted; authorise the connection again");
        } else {
            leases.release(RENEWAL);
        }
        return false;
    }

    /** A lease of its own counts too, so that nobody asks during a pause or while an answer may still come. */
    private boolean take() {
        return leases.find(RENEWAL).filter(Leases.Lease::held).isEmpty() && leases.take(RENEWAL, LEASE);
    }

    /** Jira was asked to replace this token, and what became of it is not known. */
    private boolean sentFor(StoredCredentials credentials) {
        return jdbc.sql("SELECT coalesce(sent_for = :hash, false) FROM faraday_bridge.token_renewal")
                .param("hash", TokenHash.of(credentials.token()))
                .query(Boolean.class)
                .single();
    }

    private void note(@Nullable String sentFor) {
        jdbc.sql("UPDATE faraday_bridge.token_renewal SET sent_for = :hash")
                .param("hash", sentFor)
                .update();
    }

    /** Noted before the call, under a lease that outlives it. @return false: another replica has the lease */
    private boolean sending(StoredCredentials credentials) {
        boolean ours = leases.take(RENEWAL, LEASE);
        if (ours) {
            note(TokenHash.of(credentials.token()));
        }
        return ours;
    }

    private void settle() {
        if (leases.take(RENEWAL, LEASE)) {
            note(null);
            leases.release(RENEWAL);
        }
    }
}
