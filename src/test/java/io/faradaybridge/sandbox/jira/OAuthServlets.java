package io.faradaybridge.sandbox.jira;

import io.faradaybridge.sandbox.jira.OAuthTokens.AccessToken;
import io.faradaybridge.sandbox.jira.OAuthTokens.Decision;
import io.faradaybridge.sandbox.jira.OAuthTokens.RequestToken;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.oauth.OAuth;
import net.oauth.OAuthMessage;
import net.oauth.OAuthProblemException;

/** The three steps of OAuth 1.0a: request token, the user's consent, access token and its renewal. */
final class OAuthServlets {

    /** Who consents by default: an account of the bridge's own, since no person may share it. */
    private static final String SERVICE_ACCOUNT = "faraday-bridge";

    private final Site site;
    private final OAuthTokens tokens;
    private final SignatureCheck signatures;
    private volatile boolean allowsAtOnce;

    OAuthServlets(Site site, OAuthTokens tokens, SignatureCheck signatures) {
        this.site = site;
        this.tokens = tokens;
        this.signatures = signatures;
    }

    /** Consents without showing the page, for tests without a browser. */
    void allowAtOnce(boolean atOnce) {
        allowsAtOnce = atOnce;
    }

    Answer answer(RawRequest request, String servlet) {
        try {
            return switch (servlet) {
                case "request-token" -> requestToken(request);
                case "authorize" -> authorize(request);
                case "access-token" -> accessToken(request);
                default -> Answer.html(404, "<h1>Not found</h1>");
            };
        } catch (OAuthProblemException problem) {
            return signatures.refuse(problem);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Answer requestToken(RawRequest request) throws OAuthProblemException, IOException {
        if (!request.method().equals("POST")) {
            return Answer.empty(405);
        }
        OAuthMessage message = signatures.read(request);
        message.requireParameters(OAuth.OAUTH_CALLBACK);
        String callback = message.getParameter(OAuth.OAUTH_CALLBACK);
        signatures.verify(message);
        if (!callback.equals("oob") && !isAbsoluteWebAddress(callback)) {
            OAuthProblemException problem = new OAuthProblemException(OAuth.Problems.PARAMETER_REJECTED);
            problem.setParameter(OAuth.Problems.OAUTH_PARAMETERS_REJECTED, OAuth.OAUTH_CALLBACK);
            problem.setParameter(
                    OAuth.Problems.OAUTH_PROBLEM_ADVICE, "As per OAuth spec the callback must be absolute or 'oob'.");
            throw problem;
        }
        RequestToken token = tokens.newRequestToken(message.getConsumerKey(), callback);
        Map<String, String> reply = new LinkedHashMap<>();
        reply.put(OAuth.OAUTH_TOKEN, token.value());
        reply.put(OAuth.OAUTH_TOKEN_SECRET, tokens.fresh());
        reply.put(OAuth.OAUTH_CALLBACK_CONFIRMED, "true");
        return plain(reply);
    }

    private static boolean isAbsoluteWebAddress(String callback) {
        try {
            String scheme = new URI(callback).getScheme();
            return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Answer authorize(RawRequest request) {
        Optional<RequestToken> found = request.query(OAuth.OAUTH_TOKEN)
                .or(() -> request.form(OAuth.OAUTH_TOKEN))
                .flatMap(tokens::requestToken)
                .filter(token -> token.expires().isAfter(site.clock().instant()));
        if (found.isEmpty()) {
            return Answer.html(401, "<h1>This request token is unknown or has expired.</h1>");
        }
        RequestToken token = found.get();
        if (request.method().equals("POST")) {
            boolean approves = request.form("approve").isPresent();
            return decided(token, approves, request.form("user").orElse(SERVICE_ACCOUNT));
        }
        if (allowsAtOnce) {
            return decided(token, true, request.query("user").orElse(SERVICE_ACCOUNT));
        }
        return Answer.html(200, """
                <!DOCTYPE html><html lang="en"><head><title>Authorize - Jira</title></head><body>
                <h1>Allow %s to read and write data on your behalf?</h1>
                <form method="post"><input type="hidden" name="oauth_token" value="%s">
                <label>User <input name="user" value="%s"></label>
                <button name="approve" value="Allow">Allow</button> <button name="deny" value="Deny">Deny</button>
                </form></body></html>
                """.formatted(
                        BrowsePage.escape(token.consumerKey()), BrowsePage.escape(token.value()), SERVICE_ACCOUNT));
    }

    private Answer decided(RequestToken pending, boolean approved, String person) {
        RequestToken token = tokens.decide(pending, approved ? Decision.ALLOWED : Decision.DENIED, person);
        if (token.callback().equals("oob")) {
            return Answer.html(
                    200,
                    approved
                            ? "<p>Access approved. Your verification code is <b>'%s'</b>.</p>"
                                    .formatted(token.verifier())
                            : "<p>Access denied.</p>");
        }
        String separator = token.callback().contains("?") ? "&" : "?";
        return Answer.redirect(token.callback() + separator + "oauth_token=" + OAuth.percentEncode(token.value())
                + "&oauth_verifier=" + OAuth.percentEncode(token.verifier()));
    }

    private Answer accessToken(RawRequest request) throws OAuthProblemException, IOException {
        if (!request.method().equals("POST")) {
            return Answer.empty(405);
        }
        OAuthMessage message = signatures.read(request);
        message.requireParameters(OAuth.OAUTH_TOKEN);
        String consumerKey = message.getConsumerKey();
        Optional<RequestToken> requestToken = tokens.requestToken(message.getToken())
                .filter(token -> token.consumerKey().equals(consumerKey));
        Optional<AccessToken> accessToken = tokens.accessToken(message.getToken())
                .filter(token -> token.consumerKey().equals(consumerKey));
        if (requestToken.isPresent()) {
            checkConsent(requestToken.get(), message);
            signatures.verify(message);
            return issued(tokens.exchange(requestToken.get()));
        }
        if (accessToken.isPresent()) {
            checkSession(accessToken.get(), message);
            signatures.verify(message);
            return issued(tokens.renew(accessToken.get()));
        }
        throw new OAuthProblemException(OAuth.Problems.TOKEN_REJECTED);
    }

    private void checkConsent(RequestToken token, OAuthMessage message) throws OAuthProblemException, IOException {
        if (token.expires().isBefore(site.clock().instant())) {
            throw new OAuthProblemException(OAuth.Problems.TOKEN_EXPIRED);
        }
        if (token.decision() != Decision.ALLOWED) {
            throw new OAuthProblemException(
                    token.decision() == Decision.PENDING
                            ? OAuth.Problems.PERMISSION_UNKNOWN
                            : OAuth.Problems.PERMISSION_DENIED);
        }
        message.requireParameters(OAuth.OAUTH_VERIFIER);
        if (!token.verifier().equals(message.getParameter(OAuth.OAUTH_VERIFIER))) {
            throw new OAuthProblemException(OAuth.Problems.TOKEN_REJECTED);
        }
    }

    private void checkSession(AccessToken token, OAuthMessage message) throws OAuthProblemException, IOException {
        message.requireParameters("oauth_session_handle");
        if (!token.sessionHandle().equals(message.getParameter("oauth_session_handle"))) {
            throw new OAuthProblemException(OAuth.Problems.TOKEN_REJECTED);
        }
        if (token.sessionExpires().isBefore(site.clock().instant())) {
            throw new OAuthProblemException(OAuth.Problems.PERMISSION_DENIED);
        }
    }

    private Answer issued(AccessToken token) {
        Map<String, String> reply = new LinkedHashMap<>();
        reply.put(OAuth.OAUTH_TOKEN, token.value());
        reply.put(OAuth.OAUTH_TOKEN_SECRET, tokens.fresh());
        reply.put("oauth_expires_in", String.valueOf(OAuthTokens.ACCESS_TOKEN_LIFE.toSeconds()));
        reply.put("oauth_session_handle", token.sessionHandle());
        reply.put("oauth_authorization_expires_in", String.valueOf(OAuthTokens.SESSION_LIFE.toSeconds()));
        return plain(reply);
    }

    private static Answer plain(Map<String, String> reply) {
        return Answer.text(200, "text/plain;charset=UTF-8", SignatureCheck.form(reply));
    }
}
