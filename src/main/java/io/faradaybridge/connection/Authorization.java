package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.activity.SetupAudit;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.OAuthTokens;
import io.faradaybridge.secrets.SecretUnreadable;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.server.ResponseStatusException;

/** Authorises the connection by OAuth. A user begins it, allows the access in Jira and finishes it, on any replica. */
@Component
class Authorization {

    private static final String DENIED = "denied";
    private static final String BEGIN_AGAIN = "; begin the authorisation again (POST connection/authorize)";

    private final IntegrationConfiguration row;
    private final ConnectionSettings environment;
    private final ConsumerKeys keys;
    private final CredentialStore stored;
    private final PendingAuthorizations pending;
    private final AuthorizationState state;
    private final OAuthTokens tokens;
    private final ConnectionProbe probe;
    private final ConfiguredJira jira;
    private final JiraAvailability availability;
    private final SetupAudit audit;
    private final TransactionOperations transaction;
    private final Clock clock = Clock.systemUTC();

    Authorization(
            IntegrationConfiguration row,
            ConnectionSettings environment,
            ConsumerKeys keys,
            CredentialStore stored,
            PendingAuthorizations pending,
            AuthorizationState state,
            OAuthTokens tokens,
            ConnectionProbe probe,
            ConfiguredJira jira,
            JiraAvailability availability,
            SetupAudit audit,
            TransactionOperations transaction) {
        this.row = row;
        this.environment = environment;
        this.keys = keys;
        this.stored = stored;
        this.pending = pending;
        this.state = state;
        this.tokens = tokens;
        this.probe = probe;
        this.jira = jira;
        this.availability = availability;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** @param url Jira's page where the user presses Allow or Deny */
    record Begun(URI url, Instant expiresAt) {}

    /**
     * @param callback where Jira sends the browser back to, or {@link OAuthTokens#OUT_OF_BAND}
     * @throws InvalidRequest with the setting that must be made first
     */
    Begun begin(String callback, FaradayUser user) {
        refuseBesideTheEnvironment(environment);
        OAuthTokens.Consumer consumer = consumer();
        OAuthTokens.RequestToken token = tokens.requestToken(consumer, callback);
        Instant expires = pending.begin(
                new PendingAuthorizations.Pending(token, consumer.baseUrl().toString(), consumer.consumerKey()), user);
        return new Begun(OAuthTokens.authorizeUrl(consumer, token), expires);
    }

    /**
     * Exchanges a consent for an access token, which replaces all other credentials.
     *
     * @param token null for the authorisation that the user began
     * @return the bridge's account in Jira; null if it is authorised but Jira did not return the account
     */
    @Nullable
    Myself finish(@Nullable String token, @Nullable String verifier, FaradayUser user) {
        PendingAuthorizations.Owner owner = owner(token, user);
        if (owner.userId() != user.id()) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN,
                    "this authorisation was begun by " + owner.username()
                            + ", and only this user can finish it; begin your own");
        }
        PendingAuthorizations.Pending begun = take(owner);
        if (verifier == null || verifier.isBlank() || verifier.strip().equals(DENIED)) {
            throw new InvalidRequest(
                    "oauth_verifier",
                    "says that the access was denied in Jira" + BEGIN_AGAIN
                            + " and press Allow there, signed in as the account that the bridge is to use");
        }
        OAuthTokens.Consumer consumer = consumer();
        if (!consumer.baseUrl().toString().equals(begun.site())
                || !consumer.consumerKey().equals(begun.consumerKey())) {
            throw new InvalidRequest("oauth_token", "belongs to a connection that was changed meanwhile" + BEGIN_AGAIN);
        }
        OAuthTokens.Grant grant = exchange(consumer, begun, verifier.strip());
        save(StoredCredentials.oauth(begun.site(), begun.consumerKey(), grant, clock.instant()), user);
        return account(consumer, grant);
    }

    private PendingAuthorizations.Owner owner(@Nullable String token, FaradayUser user) {
        if (token == null || token.isBlank()) {
            return pending.ofUser(user.id())
                    .orElseThrow(() -> new InvalidRequest(
                            "oauth_token",
                            "is missing, and there is no authorisation that you have begun and can finish"
                                    + BEGIN_AGAIN));
        }
        return pending.owner(token.strip())
                .orElseThrow(() -> new InvalidRequest(
                        "oauth_token", "is unknown, has expired after ten minutes, or was used already" + BEGIN_AGAIN));
    }

    private PendingAuthorizations.Pending take(PendingAuthorizations.Owner owner) {
        try {
            return pending.take(owner)
                    .orElseThrow(() -> new InvalidRequest("oauth_token", "was used already" + BEGIN_AGAIN));
        } catch (SecretUnreadable unreadable) {
            throw new InvalidRequest("oauth_token", unreadable.getMessage() + BEGIN_AGAIN);
        }
    }

    private OAuthTokens.Grant exchange(
            OAuthTokens.Consumer consumer, PendingAuthorizations.Pending begun, String verifier) {
        try {
            return tokens.accessToken(consumer, begun.token(), verifier);
        } catch (JiraFailure failure) {
            switch (failure.problem()) {
                case TOKEN_REJECTED, TOKEN_EXPIRED, DENIED ->
                    throw new InvalidRequest("oauth_verifier", String.valueOf(failure.getMessage()));
                default -> throw failure;
            }
        }
    }

    private void save(StoredCredentials credentials, FaradayUser user) {
        transaction.executeWithoutResult(status -> {
            ObjectNode before =
                    JsonNodeFactory.instance.objectNode().put("type", stored.exists() ? "stored credentials" : "none");
            stored.save(credentials);
            row.change(state::authorized, user.id());
            audit.record(
                    user.id(),
                    user.username(),
                    "connection.credentials",
                    before,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("type", credentials.type().code())
                            .put("site", credentials.site())
                            .put("access_token", "***")
                            .put("expires_at", String.valueOf(credentials.expiresAt())));
        });
        jira.changed();
        availability.probeNow();
    }

    private @Nullable Myself account(OAuthTokens.Consumer consumer, OAuthTokens.Grant grant) {
        try {
            return probe.myself(new JiraSite(
                    consumer.baseUrl(),
                    new JiraCredentials.OAuth1(consumer.consumerKey(), consumer.privateKey(), grant.accessToken())));
        } catch (JiraFailure notJustNow) {
            return null;
        }
    }

    private OAuthTokens.Consumer consumer() {
        IntegrationSettings settings = row.read()
                .map(stored -> IntegrationSettings.read(stored.value()))
                .orElse(IntegrationSettings.NONE);
        URI url = address(settings.url());
        if (settings.consumerKey().isEmpty()) {
            throw new InvalidRequest("consumer_key", "is not set; set it by PUT connection");
        }
        PrivateKey key;
        try {
            key = keys.privateKey()
                    .orElseThrow(() -> new InvalidRequest(
                            "rsa_public_key",
                            "does not exist; make a key pair by POST connection/keys, and paste the public key into"
                                    + " Jira's Application Link"));
        } catch (SecretUnreadable unreadable) {
            throw new InvalidRequest("rsa_public_key", unreadable.getMessage() + ", by POST connection/keys");
        }
        return new OAuthTokens.Consumer(url, settings.consumerKey(), key);
    }

    /** @throws InvalidRequest if no usable address is configured */
    static URI address(String configured) {
        if (configured.isEmpty()) {
            throw new InvalidRequest("url", "is not set; set Jira's address by PUT connection");
        }
        try {
            return JiraAddress.parse(configured);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("url", e.getMessage() + "; correct it by PUT connection");
        }
    }

    /** With credentials in the environment, stored ones would never be used. */
    static void refuseBesideTheEnvironment(ConnectionSettings environment) {
        if (!environment.source().isEmpty()) {
            throw ErrorAnswers.conflict("the credentials come from the environment (" + environment.source()
                    + "), which are used instead of stored ones; remove that setting and restart first");
        }
    }
}
