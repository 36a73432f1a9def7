package io.faradaybridge.incoming;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.faraday.UserTokens;
import io.faradaybridge.secrets.TokenHash;
import io.faradaybridge.web.AccessSettings;
import io.faradaybridge.web.Attempt;
import io.faradaybridge.web.Attempt.Counted;
import io.faradaybridge.web.FailureLimit;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks the token before the body of a webhook is read. A token that was not valid here within the last day is looked
 * up first. An address that sends many wrong tokens or unusable bodies is soon refused without a look-up. A token that
 * was valid within the last day is not affected by other senders at its address; the statement that stores the hint
 * checks it again. Each token also has a limit for webhooks that cost a call of Jira.
 */
@Component
class WebhookTokenLimit {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_KEPT = 10_000;
    private static final int LONGEST_TOKEN = 1000;
    private static final String ALL = "";
    /** Stands for the token of signed webhooks. */
    static final String SIGNED = "";

    private final UserTokens tokens;
    private final WebhookDeadline deadline;
    private final FailureLimit wrong;
    private final FailureLimit wrongInAll;
    private final FailureLimit perToken;
    /** Hashes of tokens that were valid. */
    private final Cache<String, Boolean> valid =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();

    /** Addresses from which rightly signed webhooks came. */
    private final Cache<String, Boolean> signers =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();

    WebhookTokenLimit(UserTokens tokens, WebhookDeadline deadline, AccessSettings settings) {
        this.tokens = tokens;
        this.deadline = deadline;
        this.wrong = new FailureLimit(settings.wrongTokensPerAddress());
        this.wrongInAll = new FailureLimit(settings.wrongTokensInAll());
        this.perToken = new FailureLimit(settings.looksPerToken());
    }

    /**
     * @throws TokenRefused if the token is not valid
     * @throws TokensLimited if this address or this token must wait
     * @throws IllegalStateException if the token could not be looked up
     */
    void enter(@Nullable String token, String address) {
        if (token == null || !valid(token)) {
            lookUp(token, address);
        }
        OptionalLong seconds = token == null ? OptionalLong.empty() : perToken.take(TokenHash.of(token));
        if (seconds.isPresent()) {
            throw new TokensLimited(seconds.getAsLong(), "webhooks with this token make the bridge ask Jira");
        }
    }

    /**
     * A webhook whose signature is checked after its body was read. It counts as wrong until then, unless a right one
     * came from this address within the last day.
     *
     * @throws TokensLimited if this address, or all signed webhooks together, must wait
     */
    void enterSigned(String address) {
        long wait = signers.getIfPresent(address) == null
                ? Attempt.at(places(address)).secondsToWait()
                : wrong.secondsToWait(address).orElse(0);
        if (wait > 0) {
            throw new TokensLimited(wait, "wrong signatures came from this address");
        }
        OptionalLong seconds = perToken.take(TokenHash.of(SIGNED));
        if (seconds.isPresent()) {
            throw new TokensLimited(seconds.getAsLong(), "signed webhooks make the bridge ask Jira");
        }
    }

    void rightSignature(String address) {
        if (signers.getIfPresent(address) == null) {
            places(address).forEach(place -> place.limit().giveBack(place.who()));
            signers.put(address, true);
        }
    }

    /** The attempt of an unknown address was counted when it entered. */
    void wrongSignature(String address) {
        if (signers.getIfPresent(address) != null) {
            failed(address);
        }
    }

    private List<Counted> places(String address) {
        return List.of(new Counted(wrong, address), new Counted(wrongInAll, ALL));
    }

    private void lookUp(@Nullable String token, String address) {
        Attempt attempt = Attempt.at(places(address));
        if (attempt.secondsToWait() > 0) {
            throw new TokensLimited(attempt.secondsToWait(), "wrong tokens came from this address");
        }
        if (token == null || token.isBlank() || token.length() > LONGEST_TOKEN || token.indexOf('\0') >= 0) {
            throw new TokenRefused();
        }
        boolean accepted;
        try {
            accepted = deadline.of(() -> tokens.caller(token)).isPresent();
        } catch (IllegalStateException unanswered) {
            attempt.giveBack();
            throw unanswered;
        }
        if (!accepted) {
            throw new TokenRefused();
        }
        attempt.giveBack();
        valid.put(TokenHash.of(token), true);
    }

    private boolean valid(String token) {
        return valid.getIfPresent(TokenHash.of(token)) != null;
    }

    /** The token was valid when it was looked up and is not valid any more. */
    void noLongerValid(String token, String address) {
        valid.invalidate(TokenHash.of(token));
        failed(address);
    }

    /** The body was unusable. For the address this counts like a wrong token, for the token like one call of Jira. */
    void unusableBody(String address) {
        failed(address);
    }

    private void failed(String address) {
        wrong.failed(address);
        wrongInAll.failed(ALL);
    }

    /** The webhook cost no call of Jira. */
    void costNothing(String token) {
        perToken.giveBack(TokenHash.of(token));
    }
}
