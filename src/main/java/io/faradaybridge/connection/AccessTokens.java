package io.faradaybridge.connection;

import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.client.ClientCredentialsGrant;
import io.faradaybridge.jira.client.ClientCredentialsGrant.Client;
import io.faradaybridge.jira.client.ClientCredentialsGrant.Granted;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The access token of a service account. Each replica gets its own and keeps it in memory only, to its end or until
 * Jira does not accept it any more.
 */
@Component
class AccessTokens {

    /** For a call that begins with the old token just before its end. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** A Jira that gives no token is not asked more often. */
    private static final Duration AGAIN = Duration.ofSeconds(5);
    /** Within this time of a new token, calls that were sent with the old one find out that it has ended. */
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final ObjectProvider<ClientCredentialsGrant> grant;
    private final Clock clock = Clock.systemUTC();
    private @Nullable Got last;
    private @Nullable Refused refused;

    private record Got(
            StoredCredentials of, JiraCredentials.AccessToken token, Instant at, Instant renew, Instant end) {}

    private record Refused(StoredCredentials of, JiraFailure why, Instant at) {}

    /** @param grant calls Jira by the client that asks this class, through the account, for its token */
    AccessTokens(ObjectProvider<ClientCredentialsGrant> grant) {
        this.grant = grant;
    }

    /** @throws JiraFailure if Jira gives none */
    synchronized JiraCredentials.AccessToken current(StoredCredentials of) {
        Instant now = clock.instant();
        Got kept = last;
        if (kept == null || !kept.of().equals(of) || !now.isBefore(kept.end())) {
            throwAgain(of, now);
            return fetch(of, now);
        }
        if (now.isBefore(kept.renew()) || recentlyRefused(of, now)) {
            return kept.token();
        }
        try {
            return fetch(of, now);
        } catch (JiraFailure notYet) {
            return kept.token();
        }
    }

    private void throwAgain(StoredCredentials of, Instant now) {
        Refused before = refused;
        if (before != null && recentlyRefused(of, now)) {
            throw before.why();
        }
    }

    private boolean recentlyRefused(StoredCredentials of, Instant now) {
        return refused != null
                && refused.of().equals(of)
                && now.isBefore(refused.at().plus(AGAIN));
    }

    private JiraCredentials.AccessToken fetch(StoredCredentials of, Instant asked) {
        Granted granted = granted(new Client(URI.create(of.site()), of.consumerKey(), of.token(), of.scope()), of);
        JiraCredentials.AccessToken token = new JiraCredentials.AccessToken(of.consumerKey(), granted.accessToken());
        Duration margin = granted.life().dividedBy(10).compareTo(MARGIN) < 0
                ? granted.life().dividedBy(10)
                : MARGIN;
        Instant end = asked.plus(granted.life());
        last = new Got(of, token, clock.instant(), end.minus(margin), end);
        refused = null;
        return token;
    }

    private Granted granted(Client client, StoredCredentials of) {
        try {
            return grant.getObject().accessToken(client);
        } catch (JiraFailure failure) {
            refused = new Refused(of, failure, clock.instant());
            throw failure;
        }
    }

    /**
     * Jira did not accept the token.
     *
     * @return that another one may be tried; one that was got just now is kept
     */
    synchronized boolean forget(JiraCredentials.AccessToken token) {
        Got kept = last;
        if (kept != null
                && kept.token().equals(token)
                && clock.instant().isAfter(kept.at().plus(JUST_NOW))) {
            last = null;
        }
        return true;
    }
}
