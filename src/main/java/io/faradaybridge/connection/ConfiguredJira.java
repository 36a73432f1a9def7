package io.faradaybridge.connection;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.secrets.SecretUnreadable;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The Jira that is configured: address and consumer key from Faraday's configuration row, credentials from the
 * environment or else from the stored secrets.
 */
@Component
class ConfiguredJira implements JiraAccount {

    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final IntegrationConfigurationSource configuration;
    private final ConnectionSettings environment;
    private final EnvironmentSite environmentSite;
    private final ConsumerKeys keys;
    private final CredentialStore stored;
    private final AccessTokens accessTokens;
    private final CloudGateway gateway;
    private final JiraAvailability availability;
    private volatile @Nullable Read last;

    private record Read(JiraSite site, long atNanos) {}

    ConfiguredJira(
            IntegrationConfigurationSource configuration,
            ConnectionSettings environment,
            EnvironmentSite environmentSite,
            ConsumerKeys keys,
            CredentialStore stored,
            AccessTokens accessTokens,
            CloudGateway gateway,
            JiraAvailability availability) {
        this.configuration = configuration;
        this.environment = environment;
        this.environmentSite = environmentSite;
        this.keys = keys;
        this.stored = stored;
        this.accessTokens = accessTokens;
        this.gateway = gateway;
        this.availability = availability;
    }

    /** Without a usable connection it fails like a Jira that is away, so that all work waits. */
    @Override
    public JiraSite site() {
        try {
            return fresh();
        } catch (JiraFailure unconnected) {
            availability.failed(unconnected);
            throw unconnected;
        }
    }

    @Override
    public boolean renew(JiraSite refused) {
        boolean another =
                refused.credentials() instanceof JiraCredentials.AccessToken token && accessTokens.forget(token);
        if (another) {
            last = null;
        }
        return another;
    }

    private JiraSite fresh() {
        Read read = last;
        if (read == null || System.nanoTime() - read.atNanos() > FRESH_NANOS) {
            read = new Read(read(), System.nanoTime());
            last = read;
        }
        return read.site();
    }

    /** After a change by this process: the next call uses it. */
    void changed() {
        configuration.changed();
        last = null;
    }

    private JiraSite read() {
        IntegrationSettings settings = configuration.current();
        if (settings.url().isEmpty()) {
            throw unconnected("No Jira is configured: set its URL in the connection settings.");
        }
        URI url;
        try {
            url = JiraAddress.parse(settings.url());
        } catch (IllegalArgumentException e) {
            throw unconnected("The configured Jira URL " + e.getMessage() + "; correct it in the connection settings.");
        }
        try {
            return new JiraSite(url, credentials(url, settings.consumerKey()));
        } catch (SecretUnreadable unreadable) {
            throw unconnected(String.valueOf(unreadable.getMessage()));
        }
    }

    private JiraCredentials credentials(URI url, String consumerKey) {
        if (!environment.source().isEmpty()) {
            requireTheirSite(url);
            return environment.token().orElseGet(() -> oauth(consumerKey, environment.accessToken()));
        }
        StoredCredentials credentials = stored.find()
                .orElseThrow(
                        () -> unconnected("Jira is configured but not authorised: authorise the connection by OAuth,"
                                + " or give a personal access token, or an e-mail and API token."));
        if (!credentials.site().equals(url.toString())) {
            throw unconnected("The stored credentials are for " + credentials.site() + ", not for " + url
                    + ", and are not sent there; authorise the connection again.");
        }
        return switch (credentials.type()) {
            case PERSONAL_ACCESS_TOKEN -> new JiraCredentials.PersonalAccessToken(credentials.token());
            case API_TOKEN -> new JiraCredentials.ApiToken(credentials.email(), credentials.token());
            case SCOPED_TOKEN ->
                new JiraCredentials.ScopedToken(
                        credentials.email(), credentials.token(), gateway.of(credentials.cloudId()));
            case CLIENT_CREDENTIALS -> accessTokens.current(credentials);
            case OAUTH1 -> {
                if (!credentials.consumerKey().equals(consumerKey)) {
                    throw unconnected("The consumer key was changed since the connection was authorised; authorise it"
                            + " again.");
                }
                yield oauth(consumerKey, credentials.token());
            }
            case NONE -> throw unconnected("Jira is configured but not authorised.");
        };
    }

    private void requireTheirSite(URI url) {
        URI theirs = environmentSite
                .address()
                .orElseThrow(() -> unconnected("The credentials of " + environment.source()
                        + " are not sent anywhere until bridge.jira.url names their Jira; if it is"
                        + " " + url + ", set bridge.jira.url to that and restart."));
        if (!theirs.equals(url)) {
            throw unconnected("The credentials of " + environment.source() + " are for " + theirs
                    + " (bridge.jira.url) and are not sent to " + url
                    + ", the address in the connection settings; make the two equal.");
        }
    }

    private JiraCredentials oauth(String consumerKey, String accessToken) {
        if (consumerKey.isEmpty()) {
            throw unconnected("Jira is configured but has no consumer key; set it in the connection settings.");
        }
        PrivateKey key = keys.privateKey()
                .orElseThrow(() -> unconnected("There is no private key to sign with; generate a key pair, or set"
                        + " bridge.connection.private-key-file."));
        return new JiraCredentials.OAuth1(consumerKey, key, accessToken);
    }

    static JiraFailure unconnected(String message) {
        return JiraFailure.ofSite(JiraFailure.Kind.UNAUTHORISED, 0, message, JiraProblem.NOT_CONNECTED);
    }
}
