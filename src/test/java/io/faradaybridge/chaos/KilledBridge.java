package io.faradaybridge.chaos;

import java.time.Duration;

/** The packaged bridge with places in its flows, where it is killed and then started again. */
final class KilledBridge implements AutoCloseable {

    private final ChaosWorld world;
    private final KillPoints places = new KillPoints();
    private final BridgeProcess process;

    /** Returns when the bridge is ready, set up as the world says. */
    KilledBridge(ChaosWorld world) {
        this.world = world;
        process = world.with("bridge.routes.dir", places.routes(world.folder.resolve("routes")))
                .with("NOTIFY_URL", places.chat())
                .bridge("bridge")
                .start()
                .awaitReady();
    }

    BridgeProcess process() {
        return process;
    }

    KillPoints places() {
        return places;
    }

    /** When the cause has led the bridge to this place. */
    void killAt(String place, Runnable cause) {
        awaitAt(place, cause);
        killAndRestart();
    }

    /** The bridge stays at the place until it is killed. */
    void awaitAt(String place, Runnable cause) {
        places.arm(place);
        cause.run();
        places.awaitReached();
    }

    /** Also the dead process' leases end, as they do at some time. */
    void killAndRestart() {
        process.kill();
        places.disarm();
        process.start().awaitReady();
        world.minutesPass(Duration.ZERO);
    }

    @Override
    public void close() {
        places.close();
    }
}
