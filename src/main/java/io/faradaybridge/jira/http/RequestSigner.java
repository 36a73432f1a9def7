package io.faradaybridge.jira.http;

import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraSite;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates each request directly before it is written, when nothing changes it any more. So exactly the signed
 * request is sent, and a repeated request gets a new signature.
 */
public final class RequestSigner implements HttpRequestInterceptor {

    /** Set in the context when a request is given to the connection: from now on Jira may act on it. */
    static final String SENT = RequestSigner.class.getName() + ".sent";

    /** The {@link Party} of a request, if it is not the configured account. */
    static final String PARTY = RequestSigner.class.getName() + ".party";

    /**
     * An internal header, which the signer removes: the {@link System#nanoTime} after which the request must not be
     * sent.
     */
    public static final String SEND_BY = "X-Bridge-Send-By";

    /**
     * @param credentials null for an anonymous call
     * @param oauth further protocol parameters of a signature, such as {@code oauth_verifier}
     */
    public record Party(URI baseUrl, @Nullable JiraCredentials credentials, Map<String, String> oauth) {}

    private final JiraAccount account;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RequestSigner(JiraAccount account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context)
            throws HttpException, IOException {
        sendInTime(request);
        // Camel writes %7E for a tilde; Jira verifies with the address as its administrator wrote it
        request.setPath(request.getPath().replace("%7E", "~"));
        Party party = context.getAttribute(PARTY) instanceof Party given ? given : configured();
        URI uri = uri(request);
        if (!isBelow(uri, party.baseUrl())) {
            throw new HttpException("The address of Jira was changed while a call to " + uri.getHost()
                    + " was prepared; nothing was sent");
        }
        if (party.credentials() != null) {
            request.setHeader(
                    HttpHeaders.AUTHORIZATION,
                    authorization(request.getMethod(), uri, party.credentials(), party.oauth()));
        }
        context.setAttribute(SENT, true);
    }

    /** L11: a process that was suspended or waited for a connection must not act on old facts. */
    private static void sendInTime(HttpRequest request) throws ProtocolException, TooLate {
        Header sendBy = request.getHeader(SEND_BY);
        if (sendBy == null) {
            return;
        }
        request.removeHeaders(SEND_BY);
        if (System.nanoTime() - Long.parseLong(sendBy.getValue()) > 0) {
            throw new TooLate();
        }
    }

    /** Nothing was sent. */
    public static final class TooLate extends IOException {}

    private Party configured() {
        JiraSite site = account.site();
        return new Party(site.apiUrl(), site.credentials(), Map.of());
    }

    private String authorization(String method, URI uri, JiraCredentials credentials, Map<String, String> more) {
        if (credentials instanceof JiraCredentials.OAuth1 oauth) {
            return new RequestSignature(
                            oauth.consumerKey(),
                            oauth.privateKey(),
                            oauth.accessToken().isEmpty() ? null : oauth.accessToken(),
                            () -> new BigInteger(128, random).toString(36),
                            () -> clock.instant().getEpochSecond())
                    .authorization(method, uri, more);
        }
        if (credentials instanceof JiraCredentials.ApiToken api) {
            return basic(api.email(), api.token());
        }
        if (credentials instanceof JiraCredentials.ScopedToken scoped) {
            return scoped.email().isEmpty() ? "Bearer " + scoped.token() : basic(scoped.email(), scoped.token());
        }
        return "Bearer "
                + (credentials instanceof JiraCredentials.AccessToken access
                        ? access.token()
                        : ((JiraCredentials.PersonalAccessToken) credentials).token());
    }

    private static String basic(String email, String token) {
        return "Basic " + Base64.getEncoder().encodeToString((email + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** Credentials are sent only to their own site, even if a request has another address. */
    private static boolean isBelow(URI uri, URI base) {
        return uri.getScheme().equalsIgnoreCase(base.getScheme())
                && uri.getHost().equalsIgnoreCase(base.getHost())
                && uri.getPort() == base.getPort()
                && pathIsBelow(
                        Objects.requireNonNullElse(uri.getRawPath(), ""),
                        Objects.requireNonNullElse(base.getRawPath(), ""));
    }

    /** Compares whole path segments: {@code /jira-other} is not below {@code /jira}. */
    private static boolean pathIsBelow(String path, String base) {
        return path.startsWith(base)
                && (path.length() == base.length() || base.endsWith("/") || path.charAt(base.length()) == '/');
    }

    private static URI uri(HttpRequest request) throws HttpException {
        try {
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new HttpException("A request to Jira has an address that cannot be signed: " + e.getReason());
        }
    }
}
