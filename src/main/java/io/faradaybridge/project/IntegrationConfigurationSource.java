package io.faradaybridge.project;

import io.faradaybridge.faraday.IntegrationConfiguration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The integration's settings as Faraday's database has them, read again every two seconds at most. */
@Component
public class IntegrationConfigurationSource {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final IntegrationConfiguration row;
    private volatile @Nullable Read last;

    private record Read(IntegrationSettings settings, long atNanos) {}

    IntegrationConfigurationSource(IntegrationConfiguration row) {
        this.row = row;
    }

    public IntegrationSettings current() {
        Read read = last;
        if (read == null || System.nanoTime() - read.atNanos() > FRESH_NANOS) {
            read = new Read(
                    row.read()
                            .map(stored -> IntegrationSettings.read(stored.value()))
                            .orElse(IntegrationSettings.NONE),
                    System.nanoTime());
            last = read;
        }
        return read.settings();
    }

    /** After a save by this process: the next reader sees it. */
    public void changed() {
        last = null;
    }
}
