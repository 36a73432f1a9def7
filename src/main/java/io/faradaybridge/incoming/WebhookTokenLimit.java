package io.faradaybridge.incoming;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.faraday.UserTokens;
import io.faradaybridge.web.AccessSettings;
import io.faradaybridge.web.Attempt;
import io.faradaybridge.web.Attempt.Counted;
import io.faradaybridge.web.FailureLimit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * In front of a webhook's body: a token that is not known to be right is looked up first, and whoever sends wrong ones, or
 * bodies that say nothing, is soon refused without a look. A token that was right here within a day goes on, whoever else
 * sends from that address; the hint's own statement checks it again. Each token has a limit of its own, for what costs a
 * call of Jira.
 */
@Component
class WebhookTokenLimit {

    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST_TOKEN = 1000;
    private static final String ALL = "";

    private final UserTokens tokens;
    private final InTime inTime;
    private final FailureLimit wrong;
    private final FailureLimit wrongInAll;
    private final FailureLimit perToken;
    /** Hashes of tokens that were right. */
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    WebhookTokenLimit(UserTokens tokens, InTime inTime, AccessSettings settings) {
        this.tokens = tokens;
        this.inTime = inTime;
        this.wrong = new FailureLimit(settings.wrongTokensPerAddress());
        this.wrongInAll = new FailureLimit(settings.wrongTokensInAll());
        this.perToken = new FailureLimit(settings.looksPerToken());
    }

    /**
     * @throws TokenRefused it lets nobody in
     * @throws TokensLimited this address, or this token, has to wait
     * @throws IllegalStateException nobody could find out
     */
    void enter(@Nullable String token, String address) {
        if (token == null || !right(token)) {
            lookUp(token, address);
        }
        OptionalLong seconds = token == null ? OptionalLong.empty() : perToken.take(hash(token));
        if (seconds.isPresent()) {
            throw new TokensLimited(seconds.getAsLong(), "webhooks with this token make the bridge ask Jira");
        }
    }

    private void lookUp(@Nullable String token, String address) {
        Attempt attempt = Attempt.at(List.of(new Counted(wrong, address), new Counted(wrongInAll, ALL)));
        if (attempt.secondsToWait() > 0) {
            throw new TokensLimited(attempt.secondsToWait(), "wrong tokens came from here");
        }
        if (token == null || token.isBlank() || token.length() > LONGEST_TOKEN || token.indexOf('\0') >= 0) {
            throw new TokenRefused();
        }
        boolean letsIn;
        try {
            letsIn = inTime.of(() -> tokens.caller(token)).isPresent();
        } catch (IllegalStateException nobodyKnows) {
            attempt.giveBack();
            throw nobodyKnows;
        }
        if (!letsIn) {
            throw new TokenRefused();
        }
        attempt.giveBack();
        right.put(hash(token), true);
    }

    private boolean right(String token) {
        return right.getIfPresent(hash(token)) != null;
    }

    /** It let somebody in when it was looked up, and does no more. */
    void isWrong(String token, String address) {
        right.invalidate(hash(token));
        failed(address);
    }

    /** The body that came with it said nothing: the same as a wrong token to the address, and one look to the token. */
    void saidNothing(String address) {
        failed(address);
    }

    private void failed(String address) {
        wrong.failed(address);
        wrongInAll.failed(ALL);
    }

    /** The webhook cost no call of Jira. */
    void costNothing(String token) {
        perToken.giveBack(hash(token));
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
