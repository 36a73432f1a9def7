package io.faradaybridge.connection;

import io.faradaybridge.jira.CloudScopes;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.client.ClientCredentialsGrant;
import io.faradaybridge.jira.client.ConnectionProbe;
import io.faradaybridge.web.InvalidRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tries credentials at Jira before they are stored, and finds out how Jira takes them. */
@Component
class CredentialsTrial {

    private final ConnectionProbe probe;
    private final ClientCredentialsGrant grant;
    private final CloudGateway gateway;
    private final Clock clock = Clock.systemUTC();

    CredentialsTrial(ConnectionProbe probe, ClientCredentialsGrant grant, CloudGateway gateway) {
        this.probe = probe;
        this.grant = grant;
        this.gateway = gateway;
    }

    /** Credentials that Jira accepts. */
    record Accepted(Myself account, StoredCredentials credentials) {}

    /**
     * @throws InvalidRequest with Jira's reason, by the field of the secret
     * @throws JiraFailure if Jira cannot be asked now
     */
    Accepted tried(URI site, CredentialsRequest request) {
        try {
            return accepted(site, request);
        } catch (JiraFailure failure) {
            if (failure.kind() == JiraFailure.Kind.TRANSIENT) {
                throw failure;
            }
            throw new InvalidRequest(
                    request.clientSecret() == null ? "token" : "client_secret",
                    "was not accepted by " + site + " and is not saved. " + failure.getMessage()
                            + cure(failure, request));
        }
    }

    private static String cure(JiraFailure failure, CredentialsRequest request) {
        return CloudScopes.missing(String.valueOf(failure.getMessage()))
                ? ". The token is known but lacks a scope; make one with " + String.join(", ", CloudScopes.NEEDED)
                : request.trap();
    }

    private Accepted accepted(URI site, CredentialsRequest request) {
        Instant now = clock.instant();
        Instant end = request.expiresAt();
        String secret = request.secret();
        return switch (request.type()) {
            case PERSONAL_ACCESS_TOKEN ->
                new Accepted(
                        probe.myself(new JiraSite(site, new JiraCredentials.PersonalAccessToken(secret))),
                        StoredCredentials.personalAccessToken(site.toString(), secret, now, end));
            case API_TOKEN -> {
                String email = String.valueOf(request.email());
                yield new Accepted(
                        probe.myself(new JiraSite(site, new JiraCredentials.ApiToken(email, secret))),
                        StoredCredentials.apiToken(site.toString(), email, secret, now, end));
            }
            case CLIENT_CREDENTIALS -> {
                String id = String.valueOf(request.clientId());
                String scope = String.valueOf(request.scope());
                String token = grant.accessToken(new ClientCredentialsGrant.Client(site, id, secret, scope))
                        .accessToken();
                yield new Accepted(
                        probe.myself(new JiraSite(site, new JiraCredentials.AccessToken(id, token))),
                        StoredCredentials.clientCredentials(site.toString(), id, secret, scope, now, end));
            }
            case SCOPED_TOKEN -> scoped(site, request.email(), secret, now, end);
        };
    }

    /** Reports differ on whether the token of a service account goes by Basic or Bearer, so both are tried. */
    private Accepted scoped(URI site, @Nullable String email, String token, Instant now, @Nullable Instant end) {
        String cloudId = probe.cloudId(site);
        JiraFailure byBasic = null;
        if (email != null) {
            try {
                return scopedAs(site, cloudId, email, token, now, end);
            } catch (JiraFailure failure) {
                if (failure.problem() != JiraProblem.ANONYMOUS
                        || CloudScopes.missing(String.valueOf(failure.getMessage()))) {
                    throw failure;
                }
                byBasic = failure;
            }
        }
        try {
            return scopedAs(site, cloudId, "", token, now, end);
        } catch (JiraFailure byBearer) {
            throw byBasic == null || CloudScopes.missing(String.valueOf(byBearer.getMessage())) ? byBearer : byBasic;
        }
    }

    private Accepted scopedAs(
            URI site, String cloudId, String email, String token, Instant now, @Nullable Instant end) {
        JiraSite tried = new JiraSite(site, new JiraCredentials.ScopedToken(email, token, gateway.of(cloudId)));
        Myself account = probe.myself(tried);
        probe.readsProjects(tried);
        return new Accepted(account, StoredCredentials.scopedToken(site.toString(), cloudId, email, token, now, end));
    }
}
