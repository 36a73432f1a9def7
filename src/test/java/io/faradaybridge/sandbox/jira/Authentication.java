package io.faradaybridge.sandbox.jira;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.oauth.OAuth;
import net.oauth.OAuthMessage;
import net.oauth.OAuthProblemException;

/** Finds out who sends a request: OAuth signature, personal access token, or e-mail address and API token. */
final class Authentication {

    private final Site site;
    private final People people;
    private final OAuthTokens tokens;
    private final SignatureCheck signatures;
    private final ServiceAccounts serviceAccounts;
    private final Gateway gateway;
    private final Map<String, String> personalAccessTokens = new ConcurrentHashMap<>();
    private final Map<String, String> apiTokens = new ConcurrentHashMap<>();

    Authentication(
            Site site,
            People people,
            OAuthTokens tokens,
            SignatureCheck signatures,
            ServiceAccounts serviceAccounts,
            Gateway gateway) {
        this.site = site;
        this.people = people;
        this.tokens = tokens;
        this.signatures = signatures;
        this.serviceAccounts = serviceAccounts;
        this.gateway = gateway;
    }

    void personalAccessToken(String token, String person) {
        personalAccessTokens.put(token, person);
    }

    void apiToken(String email, String token, String person) {
        apiTokens.put(email + ":" + token, person);
    }

    /** @throws Refusal when the request claims to be somebody and cannot prove it */
    Caller callerOf(RawRequest request) {
        if (SignatureCheck.isSigned(request)) {
            return signer(request);
        }
        String authorization = request.header("Authorization").orElse("");
        if (authorization.startsWith("Bearer ")) {
            return bearer(authorization.substring(7).strip(), request);
        }
        if (authorization.startsWith("Basic ")) {
            return basic(authorization.substring(6).strip());
        }
        return Caller.anonymous("");
    }

    /** @throws Refusal if the gateway does not let the call through */
    Caller atTheGateway(RawRequest request, String path) {
        return Caller.of(people.named(gateway.person(request, path)));
    }

    private Caller signer(RawRequest request) {
        try {
            OAuthMessage message = signatures.read(request);
            message.requireParameters(OAuth.OAUTH_TOKEN, OAuth.OAUTH_CONSUMER_KEY);
            if (tokens.consumer(message.getConsumerKey()).isEmpty()) {
                throw new OAuthProblemException(OAuth.Problems.CONSUMER_KEY_UNKNOWN);
            }
            OAuthTokens.AccessToken token = tokens.accessToken(message.getToken())
                    .filter(known -> known.consumerKey().equals(consumerKey(message)))
                    .orElseThrow(() -> new OAuthProblemException(OAuth.Problems.TOKEN_REJECTED));
            if (token.expires().isBefore(site.clock().instant())) {
                throw new OAuthProblemException(OAuth.Problems.TOKEN_EXPIRED);
            }
            signatures.verify(message);
            return Caller.of(people.named(token.person()));
        } catch (OAuthProblemException problem) {
            throw new Refusal(signatures.refuse(problem));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String consumerKey(OAuthMessage message) {
        try {
            return message.getConsumerKey();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Caller bearer(String token, RawRequest request) {
        String person = site.isCloud()
                ? null
                : serviceAccounts.person(token, request).orElseGet(() -> personalAccessTokens.get(token));
        if (person == null) {
            throw Refusal.ofFramework(401, "Client must be authenticated to access this resource.");
        }
        return Caller.of(people.named(person));
    }

    /** Cloud goes on as anonymous when the API token is wrong; Data Center says so. */
    private Caller basic(String encoded) {
        if (site.isCloud() && gateway.knows(decoded(encoded).replaceFirst("^[^:]*:", ""))) {
            throw Refusal.ofFramework(401, "Client must be authenticated to access this resource.");
        }
        Optional<String> person =
                Optional.ofNullable(apiTokens.get(decoded(encoded))).filter(name -> site.isCloud());
        if (person.isPresent()) {
            return Caller.of(people.named(person.get()));
        }
        if (site.isCloud()) {
            return Caller.anonymous("AUTHENTICATED_FAILED");
        }
        throw new Refusal(Answer.html(401, "<html><body><h1>Unauthorized (401)</h1></body></html>")
                .with("WWW-Authenticate", "OAuth realm=\"" + site.baseUrl() + "\"")
                .with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED"));
    }

    private static String decoded(String basic) {
        try {
            return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
