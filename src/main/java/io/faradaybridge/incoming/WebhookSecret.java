package io.faradaybridge.incoming;

import io.faradaybridge.faraday.WebhookCaller;
import io.faradaybridge.secrets.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * The secret with which Jira signs its own webhooks, and the Faraday user who stored it: a signed webhook counts as one
 * with a token of that user.
 */
@Component
class WebhookSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String METHOD = "sha256=";

    private final Secrets secrets;

    WebhookSecret(Secrets secrets) {
        this.secrets = secrets;
    }

    boolean isSet() {
        return secrets.has(Secrets.WEBHOOK);
    }

    void store(int userId, String secret) {
        secrets.save(Secrets.WEBHOOK, userId + " " + secret);
    }

    void remove() {
        secrets.remove(Secrets.WEBHOOK);
    }

    /**
     * Compares in constant time, over the body as it came.
     *
     * @param signature {@code X-Hub-Signature}, such as {@code sha256=5d73...}
     * @return whether the signature is right, and for whom the webhook counts; empty if no secret is set
     */
    Optional<Check> check(byte[] body, String signature) {
        return secrets.find(Secrets.WEBHOOK).map(stored -> {
            int end = stored.indexOf(' ');
            boolean right = signature.regionMatches(true, 0, METHOD, 0, METHOD.length())
                    && MessageDigest.isEqual(
                            HexFormat.of()
                                    .formatHex(hmac(stored.substring(end + 1), body))
                                    .getBytes(StandardCharsets.US_ASCII),
                            signature
                                    .substring(METHOD.length())
                                    .toLowerCase(Locale.ROOT)
                                    .getBytes(StandardCharsets.UTF_8));
            return new Check(right, WebhookCaller.ofSigner(Integer.parseInt(stored.substring(0, end))));
        });
    }

    record Check(boolean right, WebhookCaller caller) {}

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
