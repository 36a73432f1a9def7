package io.faradaybridge.incoming;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.api.AccessSettings;
import io.faradaybridge.api.FailureLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * In front of the token's check: whoever sends wrong tokens is soon refused without a look into the database, while a token
 * that was right here within a day goes on to its check whoever else sends from that address. It lets nobody in by itself.
 */
@Component
class TokenDoor {

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final FailureLimit wrong;
    /** Hashes of tokens that were right. */
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    TokenDoor(AccessSettings settings) {
        this.wrong = new FailureLimit(settings.wrongTokensPerAddress());
    }

    /** @throws TokensLimited this address has to wait */
    void enter(String token, String address) {
        OptionalLong seconds = wrong.secondsToWait(address);
        if (seconds.isPresent() && right.getIfPresent(hash(token)) == null) {
            throw new TokensLimited(seconds.getAsLong());
        }
    }

    void wasRight(String token) {
        right.put(hash(token), true);
    }

    void wasWrong(String token, String address) {
        right.invalidate(hash(token));
        wrong.failed(address);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
