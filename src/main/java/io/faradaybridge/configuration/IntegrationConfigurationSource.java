package io.faradaybridge.configuration;

import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.faraday.WritePermit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The integration's settings from Faraday's database, and whether the bridge only observes. They are read at most every
 * two seconds.
 */
@Component
public class IntegrationConfigurationSource implements WritePermit {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final IntegrationConfiguration row;
    private final Ownership ownership;
    private final KnownProjects known;
    private final ProjectSwitches switches;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Read last;

    /**
     * @param change the number of changes before it was read; if another change came during the read, the result is not
     * kept
     */
    private record Read(IntegrationSettings settings, long change, long atNanos) {}

    IntegrationConfigurationSource(
            IntegrationConfiguration row, Ownership ownership, KnownProjects known, ProjectSwitches switches) {
        this.row = row;
        this.ownership = ownership;
        this.known = known;
        this.switches = switches;
    }

    public IntegrationSettings current() {
        Read read = last;
        long change = changes.get();
        if (read == null || read.change() != change || System.nanoTime() - read.atNanos() > FRESH_NANOS) {
            IntegrationSettings stored = row.read()
                    .map(found -> IntegrationSettings.read(found.value()))
                    .orElse(IntegrationSettings.NONE);
            stored = stored.renamed(known.formerKeys(stored.url()));
            Ownership.ObserveState state = ownership.state(stored);
            IntegrationSettings now = state.observing() ? stored.observing(state.why()) : stored;
            read = new Read(now.closed(switches.closed(now.keysAtWork())), change, System.nanoTime());
            last = read;
        }
        return read.settings();
    }

    @Override
    public boolean mayWrite() {
        return !current().observes();
    }

    /** Called after a save by this process, so that the next read sees it. */
    public void changed() {
        changes.incrementAndGet();
    }
}
