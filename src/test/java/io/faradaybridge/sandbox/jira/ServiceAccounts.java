package io.faradaybridge.sandbox.jira;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Data Center 11: accounts without a password, which exchange a client id and secret for access tokens. */
final class ServiceAccounts {

    static final String TOKEN = "/rest/oauth2/latest/token";
    private static final List<String> SCOPES = List.of("READ", "WRITE");

    private record Account(String secret, String person) {}

    private record AccessToken(String person, boolean writes, Instant ends) {}

    private final JiraClock clock;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
    private volatile Duration life = Duration.ofHours(1);

    ServiceAccounts(JiraClock clock) {
        this.clock = clock;
    }

    void add(String clientId, String secret, String person) {
        accounts.put(clientId, new Account(secret, person));
    }

    void life(Duration ofTokens) {
        life = ofTokens;
    }

    /** Jira forgets all that it gave. */
    void forgetTokens() {
        tokens.clear();
    }

    List<String> tokens() {
        return List.copyOf(tokens.keySet());
    }

    Answer token(RawRequest request) {
        if (!request.method().equals("POST")) {
            return Answer.empty(405);
        }
        if (!request.form("grant_type").orElse("").equals("client_credentials")) {
            return error(400, "unsupported_grant_type");
        }
        Account account = request.form("client_id").map(accounts::get).orElse(null);
        if (account == null || !request.form("client_secret").orElse("").equals(account.secret())) {
            return error(401, "invalid_client");
        }
        List<String> asked = List.of(request.form("scope").orElse("").split(" "));
        if (!SCOPES.containsAll(asked)) {
            return error(400, "invalid_scope");
        }
        String token = UUID.randomUUID().toString();
        tokens.put(
                token,
                new AccessToken(
                        account.person(),
                        asked.contains("WRITE"),
                        clock.instant().plus(life)));
        return Answer.json(
                200,
                Json.object(
                        "access_token",
                        token,
                        "token_type",
                        "Bearer",
                        "expires_in",
                        life.toSeconds(),
                        "scope",
                        String.join(" ", asked)));
    }

    private static Answer error(int status, String code) {
        return Answer.json(status, Json.object("error", code, "error_description", "Refused: " + code));
    }

    /** The account of an access token that has not ended. */
    Optional<String> person(String token, RawRequest request) {
        AccessToken known = tokens.get(token);
        if (known == null || known.ends().isBefore(clock.instant())) {
            return Optional.empty();
        }
        if (!known.writes() && !request.method().equals("GET")) {
            throw Refusal.ofFramework(403, "The access token does not have the scope WRITE.");
        }
        return Optional.of(known.person());
    }
}
