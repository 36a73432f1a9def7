package io.faradaybridge.jira.client;

import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** How long Jira's answers took in this process since the figures were taken last. */
@Component
public class CallTimes {

    /**
     * @param calls that were sent, whatever came of them
     * @param limited those of them that Jira answered with 429
     */
    public record Figures(long calls, long totalMillis, long longestMillis, long limited) {

        static final Figures NONE = new Figures(0, 0, 0, 0);

        Figures and(Figures others) {
            return new Figures(
                    calls + others.calls,
                    totalMillis + others.totalMillis,
                    Math.max(longestMillis, others.longestMillis),
                    limited + others.limited);
        }
    }

    private Figures seen = Figures.NONE;

    synchronized void ended(long nanos, boolean limited) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        seen = seen.and(new Figures(1, millis, millis, limited ? 1 : 0));
    }

    /** Each call is handed out once. */
    public synchronized Figures take() {
        Figures taken = seen;
        seen = Figures.NONE;
        return taken;
    }

    /** What was taken could not be saved. */
    public synchronized void giveBack(Figures taken) {
        seen = seen.and(taken);
    }
}
