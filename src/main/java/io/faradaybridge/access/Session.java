package io.faradaybridge.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;

/**
 * The content of the cookie, with times in seconds since 1970: the user who signed in and the state of the account
 * then.
 *
 * @param id random; stays the same when the session is renewed
 * @param account the {@link AccountFingerprint} at sign-in
 * @param began when the user gave the password
 * @param issued when this cookie was made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Session(String id, String username, String account, long began, long issued) {

    static final Duration LIFE = Duration.ofHours(8);
    /** A session in use is renewed, but only up to this age, so that a stolen cookie does not work for ever. */
    static final Duration LONGEST = Duration.ofHours(24);

    Instant ends() {
        return Instant.ofEpochSecond(Math.min(issued + LIFE.toSeconds(), began + LONGEST.toSeconds()));
    }

    boolean over(Instant now) {
        return !now.isBefore(ends());
    }

    /** Whether the session is in the second half of its life and a new cookie would end later. */
    boolean ageing(Instant now) {
        Session renewed = renewed(now);
        return now.getEpochSecond() - issued >= LIFE.toSeconds() / 2
                && renewed.ends().isAfter(ends());
    }

    Session renewed(Instant now) {
        return new Session(id, username, account, began, now.getEpochSecond());
    }
}
