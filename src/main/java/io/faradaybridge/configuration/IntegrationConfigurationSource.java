package io.faradaybridge.configuration;

import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.faraday.WritePermit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The integration's settings as Faraday's database has them, and whether the bridge only observes; read again every two
 * seconds at most.
 */
@Component
public class IntegrationConfigurationSource implements WritePermit {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final IntegrationConfiguration row;
    private final Ownership ownership;
    private final KnownProjects known;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Read last;

    /** @param change the last change known of before it was read: what was read during another one is not kept */
    private record Read(IntegrationSettings settings, long change, long atNanos) {}

    IntegrationConfigurationSource(IntegrationConfiguration row, Ownership ownership, KnownProjects known) {
        this.row = row;
        this.ownership = ownership;
        this.known = known;
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
            read = new Read(state.observing() ? stored.observing(state.why()) : stored, change, System.nanoTime());
            last = read;
        }
        return read.settings();
    }

    @Override
    public boolean mayWrite() {
        return !current().observes();
    }

    /** After a save by this process: the next reader sees it. */
    public void changed() {
        changes.incrementAndGet();
    }
}
