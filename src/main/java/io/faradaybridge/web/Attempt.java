package io.faradaybridge.web;

import java.util.List;
import java.util.OptionalLong;

/** An attempt that several limits count, such as those of a name and of an address. */
public final class Attempt {

    /** @param who the limit's key */
    public record Counted(FailureLimit limit, String who) {}

    private final List<Counted> places;
    private final long secondsToWait;

    private Attempt(List<Counted> places, long secondsToWait) {
        this.places = places;
        this.secondsToWait = secondsToWait;
    }

    /** Counts the attempt at all limits, or at none if one of them is reached. */
    public static Attempt at(List<Counted> places) {
        for (int n = 0; n < places.size(); n++) {
            OptionalLong seconds = places.get(n).limit().take(places.get(n).who());
            if (seconds.isPresent()) {
                giveBack(places.subList(0, n));
                return new Attempt(List.of(), seconds.getAsLong());
            }
        }
        return new Attempt(places, 0);
    }

    /** How long to wait; 0 if the attempt may be checked. It counts as failed until it is given back. */
    public long secondsToWait() {
        return secondsToWait;
    }

    /** Called if the attempt was right or could not be checked. */
    public void giveBack() {
        giveBack(places);
    }

    private static void giveBack(List<Counted> places) {
        places.forEach(place -> place.limit().giveBack(place.who()));
    }
}
