package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.project.IntegrationConfigurationSource;
import io.faradaybridge.project.IntegrationSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Address and consumer key from Faraday's configuration row; credentials from the environment, else from the stored secrets. */
@Component
class ConfiguredJira implements JiraAccount {

    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final IntegrationConfigurationSource configuration;
    private final ConnectionSettings environment;
    private final Secrets secrets;
    private volatile @Nullable Read last;

    private record Read(JiraSite site, long atNanos) {}

    ConfiguredJira(IntegrationConfigurationSource configuration, ConnectionSettings environment, Secrets secrets) {
        this.configuration = configuration;
        this.environment = environment;
        this.secrets = secrets;
    }

    @Override
    public JiraSite site() {
        Read read = last;
        if (read == null || System.nanoTime() - read.atNanos() > FRESH_NANOS) {
            read = new Read(read(), System.nanoTime());
            last = read;
        }
        return read.site();
    }

    private JiraSite read() {
        IntegrationSettings settings = configuration.current();
        if (settings.url().isEmpty()) {
            throw unconnected("No Jira is configured: set its URL in the connection settings.");
        }
        URI url;
        try {
            url = new URI(settings.url());
        } catch (java.net.URISyntaxException e) {
            throw unconnected("The configured Jira URL is not a URL: correct it in the connection settings.");
        }
        if (url.getHost() == null
                || !("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                || url.getUserInfo() != null) {
            throw unconnected("The configured Jira URL must be http(s)://host, without user or password.");
        }
        return new JiraSite(url, credentials(settings));
    }

    private JiraCredentials credentials(IntegrationSettings settings) {
        Optional<String> bearer = either(environment.personalAccessToken(), Secrets.PERSONAL_ACCESS_TOKEN);
        if (bearer.isPresent()) {
            return new JiraCredentials.PersonalAccessToken(bearer.get());
        }
        Optional<String> email = either(environment.apiTokenEmail(), Secrets.API_TOKEN_EMAIL);
        Optional<String> token = either(environment.apiToken(), Secrets.API_TOKEN);
        if (email.isPresent() && token.isPresent()) {
            return new JiraCredentials.ApiToken(email.get(), token.get());
        }
        Optional<String> accessToken = either(environment.accessToken(), Secrets.ACCESS_TOKEN);
        String pem = privateKeyPem();
        if (settings.consumerKey().isEmpty() || accessToken.isEmpty() || pem.isEmpty()) {
            throw unconnected(
                    "Jira is configured but not authorised: a consumer key, a private key and an access token,"
                            + " or a personal access token, or an e-mail and API token are needed.");
        }
        return new JiraCredentials.OAuth1(settings.consumerKey(), privateKey(pem), accessToken.get());
    }

    private Optional<String> either(String fromEnvironment, String secret) {
        return fromEnvironment.isBlank() ? secrets.find(secret) : Optional.of(fromEnvironment);
    }

    private String privateKeyPem() {
        if (environment.privateKeyFile().isBlank()) {
            return secrets.find(Secrets.PRIVATE_KEY).orElse("");
        }
        try {
            return Files.readString(Path.of(environment.privateKeyFile()));
        } catch (IOException e) {
            throw unconnected("The private key file " + environment.privateKeyFile()
                    + " (bridge.connection.private-key-file) cannot be read.");
        }
    }

    private static PrivateKey privateKey(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unconnected("The private key is not an RSA key in PKCS#8 PEM (BEGIN PRIVATE KEY).");
        }
    }

    private static JiraFailure unconnected(String message) {
        return new JiraFailure(JiraFailure.Kind.UNAUTHORISED, message, 0, false, true, null, Map.of());
    }
}
