package io.faradaybridge.web;

import java.util.List;
import java.util.OptionalLong;

/** One attempt that several limits count at once, such as those of a name and of an address. */
public final class Attempt {

    /** @param who the limit's key */
    public record Counted(FailureLimit limit, String who) {}

    private final List<Counted> places;
    private final long secondsToWait;

    private Attempt(List<Counted> places, long secondsToWait) {
        this.places = places;
        this.secondsToWait = secondsToWait;
    }

    /** Taken at all of the limits, or where one of them says no, at none. */
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

    /** 0: it may be judged, and counts as failed until it is given back. */
    public long secondsToWait() {
        return secondsToWait;
    }

    /** It was right, or nobody could judge it. */
    public void giveBack() {
        giveBack(places);
    }

    private static void giveBack(List<Counted> places) {
        places.forEach(place -> place.limit().giveBack(place.who()));
    }
}
