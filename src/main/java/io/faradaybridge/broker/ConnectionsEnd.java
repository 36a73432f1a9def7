package io.faradaybridge.broker;

import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Closes the bridge's own connections between Camel, which uses them, and the embedded broker: one that is open when the
 * broker stops is a client that failed, and each of its sessions a warning. As a bean the pool would be closed last.
 */
final class ConnectionsEnd implements SmartLifecycle {

    private final JmsPoolConnectionFactory connections;
    private volatile boolean running;

    ConnectionsEnd(JmsPoolConnectionFactory connections) {
        this.connections = connections;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        connections.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return EmbeddedBroker.PHASE + 1;
    }
}
