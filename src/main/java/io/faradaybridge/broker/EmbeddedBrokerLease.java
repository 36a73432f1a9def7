package io.faradaybridge.broker;

import io.faradaybridge.StartRefused;
import io.faradaybridge.lease.Leases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Only one bridge with an embedded broker works on a database, because the first would never see messages that are sent
 * to the second. The holder of the lease is a data folder, not a process, so that a bridge that was killed can start
 * again at once; the journal's lock keeps a second process out of the same folder. If the database is away at start,
 * the bridge starts all the same, and ends as soon as it learns that another holds the lease.
 */
final class EmbeddedBrokerLease implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBrokerLease.class);
    /** After the schema's migration, before the broker. */
    private static final int PHASE = EmbeddedBroker.PHASE - 1;

    private static final String BROKER = "embedded-broker";

    private final Leases leases;
    private final Path folder;
    private final Duration lease;
    private final Runnable endProcess;
    private String holder = "";
    private @Nullable ScheduledExecutorService renewal;

    /** @param endProcess called once, if another bridge is found to hold the lease after this one has started */
    EmbeddedBrokerLease(Leases leases, Path folder, Duration lease, Runnable endProcess) {
        this.leases = leases;
        this.folder = folder.toAbsolutePath().normalize();
        this.lease = lease;
        this.endProcess = endProcess;
    }

    /** @throws StartRefused where another bridge holds the lease; its message is for the operator */
    @Override
    public synchronized void start() {
        if (renewal != null) {
            return;
        }
        holder = holderOf(folder);
        try {
            Optional<StartRefused> other = takenByAnother();
            if (other.isPresent()) {
                throw other.get();
            }
        } catch (DataAccessException away) {
            log.warn("The database does not answer: the bridge will check later whether another one with an embedded"
                    + " broker works on it");
        }
        ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("embedded-broker-lease", true));
        long period = lease.toMillis() / 4;
        var unused = thread.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
        renewal = thread;
    }

    private void renew() {
        try {
            takenByAnother().ifPresent(other -> {
                log.error("{} This bridge ends.", other.getMessage());
                Optional.ofNullable(renewal).ifPresent(ScheduledExecutorService::shutdown);
                endProcess.run();
            });
        } catch (DataAccessException away) {
            log.debug("The lease of the embedded broker will be renewed when the database is back", away);
        }
    }

    /**
     * Takes or renews the lease, by the database's clock. @return a description of the holder if it is another bridge
     */
    private Optional<StartRefused> takenByAnother() {
        return leases.take(BROKER, holder, "on " + host() + ", in " + folder, lease)
                ? Optional.empty()
                : leases.find(BROKER).map(EmbeddedBrokerLease::refused);
    }

    private static StartRefused refused(Leases.Lease other) {
        return new StartRefused(
                "Another bridge with an embedded broker works on this database: " + other.place()
                        + ". Messages sent to one would not be seen by the other",
                "Stop it; or, for several replicas, give all of them one external broker (bridge.broker.url). If it was"
                        + " killed and will not come back, try again in "
                        + (Math.max(0, other.left().toSeconds()) + 1) + " s");
    }

    private static String holderOf(Path folder) {
        Path file = folder.resolve("instance-id");
        try {
            if (!Files.exists(file)) {
                OwnerOnly.folder(folder);
                Files.writeString(file, UUID.randomUUID().toString());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            log.debug("The folder cannot be resolved; the broker will report what is wrong with it", e);
            return UUID.randomUUID().toString();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "an unnamed host";
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService stopping = renewal;
        renewal = null;
        if (stopping == null) {
            return;
        }
        stopping.shutdownNow();
        try {
            leases.release(BROKER, holder);
        } catch (DataAccessException away) {
            log.debug("The lease of the embedded broker ends by itself", away);
        }
    }

    @Override
    public boolean isRunning() {
        return renewal != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
