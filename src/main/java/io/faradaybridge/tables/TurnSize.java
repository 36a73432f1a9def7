package io.faradaybridge.tables;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many rows a search reads in a turn. It follows from the time since the last turn, so that the interval of the turns does not matter. */
public final class TurnSize {

    private final LongSupplier nanos;
    private final int least;
    private final int most;
    private long lastTurn;

    /** @param nanos a clock */
    public TurnSize(LongSupplier nanos, int least, int most) {
        this.nanos = nanos;
        this.least = least;
        this.most = most;
        this.lastTurn = nanos.getAsLong() - Duration.ofMinutes(1).toNanos();
    }

    /** For the turn that begins now. */
    public int next(int rowsASecond) {
        long now = nanos.getAsLong();
        double seconds = (now - lastTurn) / 1e9;
        lastTurn = now;
        return (int) Math.max(least, Math.min(most, seconds * rowsASecond));
    }
}
