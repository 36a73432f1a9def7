package io.faradaybridge.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;

/**
 * What the cookie holds, in seconds since 1970: whoever has it was this user, in this state of the account.
 *
 * @param id random; stays the same when the session is renewed
 * @param account the {@link AccountFingerprint} at sign-in
 * @param began when the user gave the password
 * @param issued when this cookie was made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Session(String id, String username, String account, long began, long issued) {

    static final Duration LIFE = Duration.ofHours(8);
    /** A session in use is renewed, but whoever stole a cookie does not keep it for ever. */
    static final Duration LONGEST = Duration.ofHours(24);

    Instant ends() {
        return Instant.ofEpochSecond(Math.min(issued + LIFE.toSeconds(), began + LONGEST.toSeconds()));
    }

    boolean over(Instant now) {
        return !now.isBefore(ends());
    }

    /** In the second half of its life, where a new cookie would end later. */
    boolean ageing(Instant now) {
        Session renewed = renewed(now);
        return now.getEpochSecond() - issued >= LIFE.toSeconds() / 2
                && renewed.ends().isAfter(ends());
    }

    Session renewed(Instant now) {
        return new Session(id, username, account, began, now.getEpochSecond());
    }
}
