package io.faradaybridge.jira.http;

import io.faradaybridge.jira.PercentEncoding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with OAuth 1.0a RSA-SHA1 (RFC 5849 section 3.4). The signature covers the query but no JSON body. The
 * JVM's preferred security provider makes it.
 */
public final class RequestSignature {

    private static final Comparator<Map.Entry<String, String>> BY_NAME_THEN_VALUE =
            Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue());

    private final String consumerKey;
    private final PrivateKey privateKey;
    private final @Nullable String token;
    private final Supplier<String> nonce;
    private final LongSupplier timestamp;

    /**
     * @param token the access token, or the request token during an authorisation, or null if there is none yet
     * @param nonce a value that is unique within the second
     * @param timestamp seconds since 1970
     */
    public RequestSignature(
            String consumerKey,
            PrivateKey privateKey,
            @Nullable String token,
            Supplier<String> nonce,
            LongSupplier timestamp) {
        this.consumerKey = consumerKey;
        this.privateKey = privateKey;
        this.token = token;
        this.nonce = nonce;
        this.timestamp = timestamp;
    }

    /**
     * The value of the Authorization header.
     *
     * @param uri the request exactly as it is sent; its path and query are signed unchanged
     * @param more further protocol parameters, such as {@code oauth_callback} or {@code oauth_verifier}
     */
    public String authorization(String method, URI uri, Map<String, String> more) {
        Map<String, String> protocol = new TreeMap<>(more);
        protocol.put("oauth_consumer_key", consumerKey);
        protocol.put("oauth_nonce", nonce.get());
        protocol.put("oauth_signature_method", "RSA-SHA1");
        protocol.put("oauth_timestamp", Long.toString(timestamp.getAsLong()));
        protocol.put("oauth_version", "1.0");
        if (token != null) {
            protocol.put("oauth_token", token);
        }
        protocol.put("oauth_signature", sign(baseString(method, uri, protocol)));
        return protocol.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=\"" + PercentEncoding.encode(parameter.getValue()) + "\"")
                .collect(Collectors.joining(", ", "OAuth ", ""));
    }

    static String baseString(String method, URI uri, Map<String, String> protocol) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>(protocol.entrySet());
        parameters.addAll(queryParameters(uri.getRawQuery()));
        return PercentEncoding.encode(method.toUpperCase(Locale.ROOT))
                + "&" + PercentEncoding.encode(baseUri(uri))
                + "&" + PercentEncoding.encode(normalised(parameters));
    }

    /** Scheme and host in lower case, no default port, a path of at least one slash, no query. */
    public static String baseUri(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean defaultPort = uri.getPort() < 0
                || (scheme.equals("http") && uri.getPort() == 80)
                || (scheme.equals("https") && uri.getPort() == 443);
        String path = uri.getRawPath();
        return scheme
                + "://" + uri.getHost().toLowerCase(Locale.ROOT)
                + (defaultPort ? "" : ":" + uri.getPort())
                + (path == null || path.isEmpty() ? "/" : path);
    }

    public static List<Map.Entry<String, String>> queryParameters(@Nullable String rawQuery) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.add(Map.entry(PercentEncoding.decodeForm(name), PercentEncoding.decodeForm(value)));
        }
        return parameters;
    }

    /** Sorted after encoding, as section 3.4.1.3.2 says: otherwise {@code x} and {@code x!y} change places. */
    static String normalised(List<Map.Entry<String, String>> parameters) {
        return parameters.stream()
                .map(parameter -> Map.entry(
                        PercentEncoding.encode(parameter.getKey()), PercentEncoding.encode(parameter.getValue())))
                .sorted(BY_NAME_THEN_VALUE)
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
    }

    private String sign(String baseString) {
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(privateKey);
            signature.update(baseString.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The private key of the Jira connection cannot sign with RSA-SHA1; generate a new RSA key pair of"
                            + " 2048 bits or more and paste its public key into Jira's Application Link",
                    e);
        }
    }
}
