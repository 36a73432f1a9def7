package io.faradaybridge.sandbox.jira;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.oauth.OAuth;
import net.oauth.OAuthAccessor;
import net.oauth.OAuthConsumer;
import net.oauth.OAuthException;
import net.oauth.OAuthMessage;
import net.oauth.OAuthProblemException;
import net.oauth.SimpleOAuthValidator;

/**
 * Checks the signature of a request over its raw bytes with the OAuth library that Jira itself uses: version, time within
 * 300 s, nonce never seen before, RSA-SHA1.
 */
final class SignatureCheck {

    private final Site site;
    private final OAuthTokens tokens;
    private final SimpleOAuthValidator validator;
    private final Map<String, AtomicInteger> rejected = new ConcurrentSkipListMap<>();

    SignatureCheck(Site site, OAuthTokens tokens) {
        this.site = site;
        this.tokens = tokens;
        this.validator = new SimpleOAuthValidator() {
            @Override
            protected long currentTimeMsec() {
                return site.clock().millis();
            }
        };
    }

    static boolean isSigned(RawRequest request) {
        return request.header("Authorization")
                        .filter(value -> value.regionMatches(true, 0, "OAuth ", 0, 6))
                        .isPresent()
                || request.query(OAuth.OAUTH_SIGNATURE).isPresent()
                || request.form(OAuth.OAUTH_SIGNATURE).isPresent();
    }

    /** The message as sent, not verified yet. */
    OAuthMessage read(RawRequest request) {
        List<OAuth.Parameter> parameters = new ArrayList<>();
        request.header("Authorization").stream()
                .flatMap(header -> OAuthMessage.decodeAuthorization(header).stream())
                .filter(parameter -> !parameter.getKey().equalsIgnoreCase("realm"))
                .forEach(parameters::add);
        if (request.hasForm()) {
            parameters.addAll(OAuth.decodeForm(request.bodyText()));
        }
        parameters.addAll(OAuth.decodeForm(request.rawQuery()));
        // The library reads the parameters of the query from the list only, as a servlet gives them.
        return new OAuthMessage(
                request.method(), "http://" + request.header("Host").orElse("") + request.rawPath(), parameters);
    }

    /** @throws OAuthProblemException saying what Jira does not like about it */
    void verify(OAuthMessage message) throws OAuthProblemException {
        try {
            message.requireParameters(
                    OAuth.OAUTH_CONSUMER_KEY,
                    OAuth.OAUTH_SIGNATURE_METHOD,
                    OAuth.OAUTH_SIGNATURE,
                    OAuth.OAUTH_TIMESTAMP,
                    OAuth.OAUTH_NONCE);
            if (!message.getSignatureMethod().equals(OAuth.RSA_SHA1)) {
                OAuthProblemException problem = new OAuthProblemException(OAuth.Problems.SIGNATURE_METHOD_REJECTED);
                problem.setParameter(OAuth.Problems.OAUTH_ACCEPTABLE_VERSIONS, OAuth.RSA_SHA1);
                throw problem;
            }
            OAuthConsumer consumer = tokens.consumer(message.getConsumerKey())
                    .orElseThrow(() -> new OAuthProblemException(OAuth.Problems.CONSUMER_KEY_UNKNOWN));
            validator.validateMessage(message, new OAuthAccessor(consumer));
        } catch (OAuthProblemException problem) {
            throw problem;
        } catch (OAuthException | IOException | URISyntaxException | RuntimeException unreadable) {
            throw new OAuthProblemException(OAuth.Problems.SIGNATURE_INVALID);
        }
    }

    /** The answer Jira gives to a request whose OAuth parameters it refuses; counted. */
    Answer refuse(OAuthProblemException problem) {
        rejected.computeIfAbsent(problem.getProblem(), name -> new AtomicInteger())
                .incrementAndGet();
        Integer status = OAuth.Problems.TO_HTTP_CODE.get(problem.getProblem());
        Map<String, String> details = new TreeMap<>();
        problem.getParameters().forEach((name, value) -> {
            if (name.startsWith("oauth_")) {
                details.put(name, String.valueOf(value));
            }
        });
        details.put("oauth_problem", problem.getProblem());
        StringBuilder challenge = new StringBuilder("OAuth realm=\"" + OAuth.percentEncode(site.baseUrl()) + '"');
        details.forEach((name, value) -> challenge
                .append(", ")
                .append(name)
                .append("=\"")
                .append(OAuth.percentEncode(value))
                .append('"'));
        return Answer.text(status == null ? 401 : status, "text/plain;charset=UTF-8", form(details))
                .with("WWW-Authenticate", challenge.toString());
    }

    static String form(Map<String, String> parameters) {
        try {
            return OAuth.formEncode(parameters.entrySet());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Map<String, Integer> rejected() {
        Map<String, Integer> counts = new TreeMap<>();
        rejected.forEach((problem, count) -> counts.put(problem, count.get()));
        return counts;
    }

    void clear() {
        rejected.clear();
    }
}
