package io.faradaybridge.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.faradaybridge.web.AccessSettings;
import io.faradaybridge.web.Attempt;
import io.faradaybridge.web.Attempt.Counted;
import io.faradaybridge.web.ClientAddress;
import io.faradaybridge.web.FailureLimit;
import java.time.Duration;
import java.util.List;

/**
 * How often a sign-in may fail: for a name, from an address, and in all. A name that signed in from an address within
 * the last days has its own count there. So someone who guesses passwords at another address or for other names cannot
 * lock this user out.
 */
final class SignInLimits {

    private static final Duration LATELY = Duration.ofDays(7);
    private static final int MOST_KEPT = 10_000;
    private static final String ALL = "";

    private final FailureLimit names;
    private final FailureLimit addresses;
    private final FailureLimit all;
    private final FailureLimit known;
    private final Cache<String, Boolean> signedIn = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(LATELY)
            .build();

    SignInLimits(AccessSettings settings) {
        this.names = new FailureLimit(settings.failuresPerName());
        this.addresses = new FailureLimit(settings.failuresPerAddress());
        this.all = new FailureLimit(settings.failuresInAll());
        this.known = new FailureLimit(settings.failuresPerName());
    }

    void wasRight(String name, String address) {
        signedIn.put(pair(name, address), true);
    }

    /** How long the next attempt must wait; 0 if it may be tried. */
    long secondsToWait(String name, String address) {
        return places(name, address).stream()
                .mapToLong(place -> place.limit().secondsToWait(place.who()).orElse(0))
                .max()
                .orElse(0);
    }

    Attempt of(String name, String address) {
        return Attempt.at(places(name, address));
    }

    /** Counts an attempt without a name. */
    Attempt atAddress(String address) {
        return Attempt.at(List.of(new Counted(addresses, ClientAddress.of(address)), new Counted(all, ALL)));
    }

    private List<Counted> places(String name, String address) {
        String pair = pair(name, address);
        return signedIn.getIfPresent(pair) != null
                ? List.of(new Counted(known, pair))
                : List.of(
                        new Counted(names, name),
                        new Counted(addresses, ClientAddress.of(address)),
                        new Counted(all, ALL));
    }

    private static String pair(String name, String address) {
        return ClientAddress.of(address) + " " + name;
    }
}
