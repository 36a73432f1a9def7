package io.faradaybridge.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.jira.CloudScopes;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.client.JiraAvailability;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.secrets.SecretUnreadable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the report of the connection for an administrator, with warnings. */
@Component
class ConnectionReport {

    private static final String OAUTH_ON_CLOUD =
            "Atlassian has deprecated OAuth 1.0a on Jira Cloud and may end it. Make a token with the scopes "
                    + String.join(", ", CloudScopes.NEEDED)
                    + " and store it by PUT connection/credentials as scoped_token, or one without scopes as api_token;"
                    + " all links stay as they are";

    private final IntegrationConfiguration row;
    private final ConnectionSettings environment;
    private final ConsumerKeys keys;
    private final CredentialStore stored;
    private final AuthorizationState state;
    private final PendingAuthorizations pending;
    private final TokenRenewal renewal;
    private final JiraAvailability availability;
    private final CredentialsEnd ends;
    private final JiraClient client;
    private final OwnAddress own;
    private final Clock clock = Clock.systemUTC();

    ConnectionReport(
            IntegrationConfiguration row,
            ConnectionSettings environment,
            ConsumerKeys keys,
            CredentialStore stored,
            AuthorizationState state,
            PendingAuthorizations pending,
            TokenRenewal renewal,
            JiraAvailability availability,
            CredentialsEnd ends,
            JiraClient client,
            OwnAddress own) {
        this.row = row;
        this.environment = environment;
        this.keys = keys;
        this.stored = stored;
        this.state = state;
        this.pending = pending;
        this.renewal = renewal;
        this.availability = availability;
        this.ends = ends;
        this.client = client;
        this.own = own;
    }

    /** @param more warnings of the present change */
    ConnectionView now(List<String> more) {
        List<String> warnings = new ArrayList<>(more);
        Optional<ObjectNode> value = row.read().map(IntegrationConfiguration.Stored::value);
        IntegrationSettings settings = value.map(IntegrationSettings::read).orElse(IntegrationSettings.NONE);
        String publicKey =
                publicKey(value.map(v -> v.path("rsa_public_key").asText("")).orElse(""), warnings);
        ConnectionView.Credentials credentials = credentials(settings, warnings);
        boolean authorized = settings.authorizationState().equals(AuthorizationState.AUTHORIZED);
        if (settings.url().startsWith("http://")) {
            warnings.add("Jira is called by http, so everybody between the bridge and Jira can read what is sent; use"
                    + " https");
        }
        if (authorized && credentials.type() == CredentialsType.NONE) {
            warnings.add("Faraday's configuration says that the connection is authorised, but the bridge holds no"
                    + " credentials: those of Faraday's own integration are not visible to it. Authorise it here");
        }
        return new ConnectionView(
                settings.url(),
                settings.consumerKey(),
                publicKey,
                keys.inAFile()
                        ? ConnectionView.Source.environment
                        : keys.exists() ? ConnectionView.Source.stored : ConnectionView.Source.none,
                settings.authorizationState(),
                authorized
                        && credentials.type() != CredentialsType.NONE
                        && availability.report().since() == null,
                authorized
                        ? null
                        : state.reason().map(ConnectionReport::problem).orElse(null),
                pending.any(),
                own.now(),
                own.consoleCallback(),
                credentials,
                CloudScopes.NEEDED,
                warnings);
    }

    private static ConnectionView.Problem problem(AuthorizationState.Reason reason) {
        String hint = Arrays.stream(JiraProblem.values())
                .filter(candidate -> candidate.code().equals(reason.problem()))
                .findFirst()
                .orElse(JiraProblem.OTHER)
                .hint();
        return new ConnectionView.Problem(reason.problem(), reason.message(), hint, reason.since());
    }

    private String publicKey(String inTheRow, List<String> warnings) {
        try {
            String used = keys.publicKeyPem().orElse("");
            if (used.isEmpty() && !inTheRow.isEmpty()) {
                warnings.add(
                        "The public key in Faraday's configuration belongs to a private key that the bridge does not"
                                + " have; generate a new pair, and paste its public key into Jira's Application Link");
                return inTheRow;
            }
            if (!inTheRow.isEmpty() && !used.strip().equals(inTheRow.strip()) && !keys.inAFile()) {
                warnings.add(
                        "The public key in Faraday's configuration is not the public key in use, which is shown here");
            }
            return used;
        } catch (SecretUnreadable | JiraFailure unusable) {
            warnings.add(String.valueOf(unusable.getMessage()));
            return inTheRow;
        }
    }

    private ConnectionView.Credentials credentials(IntegrationSettings settings, List<String> warnings) {
        if (!environment.source().isEmpty()) {
            if (stored.exists()) {
                warnings.add("Credentials are stored, but those of " + environment.source() + " are used instead");
            }
            return ofEnvironment();
        }
        try {
            return stored.find().map(found -> shown(found, settings, warnings)).orElseGet(ConnectionReport::none);
        } catch (SecretUnreadable unreadable) {
            warnings.add(String.valueOf(unreadable.getMessage()));
            return none();
        }
    }

    private ConnectionView.Credentials ofEnvironment() {
        JiraCredentials token = environment.token().orElse(null);
        if (token instanceof JiraCredentials.ApiToken api) {
            return given(CredentialsType.API_TOKEN, api.email());
        }
        return given(token == null ? CredentialsType.OAUTH1 : CredentialsType.PERSONAL_ACCESS_TOKEN, null);
    }

    private static ConnectionView.Credentials given(CredentialsType type, @Nullable String email) {
        return ConnectionView.Credentials.of(type, ConnectionView.Source.environment, email);
    }

    private static ConnectionView.Credentials none() {
        return ConnectionView.Credentials.of(CredentialsType.NONE, ConnectionView.Source.none, null);
    }

    private ConnectionView.Credentials shown(
            StoredCredentials found, IntegrationSettings settings, List<String> warnings) {
        if (!found.site().equals(settings.url())) {
            warnings.add("The stored credentials are for " + found.site()
                    + " and are not sent anywhere else; authorise the connection again");
        }
        Instant end = found.end();
        ends.warning(found).ifPresent(warnings::add);
        if (found.type() == CredentialsType.OAUTH1 && isCloud(found.site())) {
            warnings.add(OAUTH_ON_CLOUD);
        }
        if (renewal.outcomeUnknown(found)) {
            warnings.add("The answer of Jira to a renewal of the access token was lost; the bridge checks whether the"
                    + " token still works. If Jira does not accept it, authorise the connection again");
        }
        return new ConnectionView.Credentials(
                found.type(),
                ConnectionView.Source.stored,
                found.email().isEmpty() ? null : found.email(),
                found.type() == CredentialsType.CLIENT_CREDENTIALS ? found.consumerKey() : null,
                scopes(found),
                found.savedAt(),
                found.expiresAt(),
                found.authorizationExpiresAt(),
                end == null ? null : Duration.between(clock.instant(), end).toDays(),
                found.renewable());
    }

    private static @Nullable List<String> scopes(StoredCredentials found) {
        return switch (found.type()) {
            case SCOPED_TOKEN -> CloudScopes.NEEDED;
            case CLIENT_CREDENTIALS -> List.of(found.scope().split(" "));
            default -> null;
        };
    }

    /** By its address, or by what Jira said of itself when it was last asked. */
    private boolean isCloud(String site) {
        return site.endsWith(".atlassian.net") || client.knownKind() == JiraKind.CLOUD;
    }
}
