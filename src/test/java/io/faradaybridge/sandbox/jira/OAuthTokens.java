package io.faradaybridge.sandbox.jira;

import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.oauth.OAuthConsumer;
import net.oauth.signature.RSA_SHA1;

/** The Application Links (OAuth consumers) and the tokens issued to them. */
final class OAuthTokens {

    static final Duration REQUEST_TOKEN_LIFE = Duration.ofMinutes(10);
    static final Duration ACCESS_TOKEN_LIFE = Duration.ofDays(5 * 365);
    static final Duration SESSION_LIFE = ACCESS_TOKEN_LIFE.plusDays(30);

    enum Decision {
        PENDING,
        ALLOWED,
        DENIED
    }

    record RequestToken(
            String value,
            String consumerKey,
            String callback,
            Instant expires,
            Decision decision,
            String verifier,
            String person) {}

    record AccessToken(
            String value,
            String consumerKey,
            String person,
            Instant expires,
            String sessionHandle,
            Instant sessionExpires) {}

    private final JiraClock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, OAuthConsumer> consumers = new ConcurrentHashMap<>();
    private final Map<String, RequestToken> requestTokens = new ConcurrentHashMap<>();
    private final Map<String, AccessToken> accessTokens = new ConcurrentHashMap<>();

    OAuthTokens(JiraClock clock) {
        this.clock = clock;
    }

    void link(String consumerKey, PublicKey publicKey) {
        OAuthConsumer consumer = new OAuthConsumer(null, consumerKey, null, null);
        consumer.setProperty(RSA_SHA1.PUBLIC_KEY, publicKey);
        consumers.put(consumerKey, consumer);
    }

    Optional<OAuthConsumer> consumer(String key) {
        return Optional.ofNullable(consumers.get(key));
    }

    RequestToken newRequestToken(String consumerKey, String callback) {
        RequestToken token = new RequestToken(
                fresh(), consumerKey, callback, clock.instant().plus(REQUEST_TOKEN_LIFE), Decision.PENDING, "", "");
        requestTokens.put(token.value(), token);
        return token;
    }

    Optional<RequestToken> requestToken(String value) {
        return Optional.ofNullable(requestTokens.get(value));
    }

    RequestToken decide(RequestToken token, Decision decision, String person) {
        RequestToken decided = new RequestToken(
                token.value(),
                token.consumerKey(),
                token.callback(),
                token.expires(),
                decision,
                decision == Decision.ALLOWED ? fresh().substring(0, 6) : "denied",
                person);
        requestTokens.put(token.value(), decided);
        return decided;
    }

    AccessToken exchange(RequestToken token) {
        requestTokens.remove(token.value());
        return authorise(token.consumerKey(), fresh(), token.person());
    }

    AccessToken renew(AccessToken old) {
        accessTokens.remove(old.value());
        AccessToken renewed = new AccessToken(
                fresh(),
                old.consumerKey(),
                old.person(),
                clock.instant().plus(ACCESS_TOKEN_LIFE),
                fresh(),
                clock.instant().plus(SESSION_LIFE));
        accessTokens.put(renewed.value(), renewed);
        return renewed;
    }

    AccessToken authorise(String consumerKey, String value, String person) {
        AccessToken token = new AccessToken(
                value,
                consumerKey,
                person,
                clock.instant().plus(ACCESS_TOKEN_LIFE),
                fresh(),
                clock.instant().plus(SESSION_LIFE));
        accessTokens.put(value, token);
        return token;
    }

    Optional<AccessToken> accessToken(String value) {
        return Optional.ofNullable(accessTokens.get(value));
    }

    void expire(String value, boolean sessionToo) {
        accessTokens.computeIfPresent(
                value,
                (key, token) -> new AccessToken(
                        key,
                        token.consumerKey(),
                        token.person(),
                        clock.instant().minusSeconds(1),
                        token.sessionHandle(),
                        sessionToo ? clock.instant().minusSeconds(1) : token.sessionExpires()));
    }

    void revoke(String value) {
        accessTokens.remove(value);
    }

    String fresh() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
