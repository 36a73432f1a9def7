package io.faradaybridge.broker;

import io.faradaybridge.StartRefused;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The broker inside this process: Artemis with a journal on disk. It starts before everything that consumes or
 * produces, and stops after it. It may be stopped and started again and keeps its messages meanwhile.
 */
public final class EmbeddedBroker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
    /** Far below the phases of the web server and of Camel, so that both start later and stop earlier. */
    static final int PHASE = -1000;

    private static final int START_SECONDS = 60;
    /** Camel and the web server stop first; all three together stay within the minute that Kubernetes allows. */
    static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private static final String UNCLEAN =
            "The embedded broker did not stop cleanly; its journal is read again at the next start";
    private static final AtomicInteger IN_VM_IDS = new AtomicInteger();

    private final BrokerSettings settings;
    private final EventSettings events;
    private final int inVmId = IN_VM_IDS.incrementAndGet();
    private final String bridgePassword = random();
    private volatile @Nullable ActiveMQServer server;
    private volatile List<UnknownQueues.Removed> removed = List.of();

    EmbeddedBroker(BrokerSettings settings, EventSettings events) {
        this.settings = settings;
        this.events = events;
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        ActiveMQServer starting = new ActiveMQServerImpl(BrokerLayout.of(settings, events, inVmId), accounts());
        starting.registerBrokerPlugin(new MessageAdmission(BrokerLayout.MAX_MESSAGE_BYTES));
        BrokerLayout.ACCEPTORS.forEach(name -> starting.getServiceRegistry()
                .addAcceptorFactory(name, GuardedAcceptor.factory(settings.connections())));
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        starting.registerActivationFailureListener(failure::set);
        try {
            OwnerOnly.folder(settings.dataDir());
            starting.start();
            if (failure.get() != null) {
                throw failure.get();
            }
            if (!starting.waitForActivation(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it was not ready after " + START_SECONDS + " s");
            }
            removed = UnknownQueues.remove(starting, events.topic());
            for (String acceptorName : BrokerLayout.ACCEPTORS) {
                Acceptor acceptor = starting.getRemotingService().getAcceptor(acceptorName);
                if (acceptor != null) {
                    acceptor.start();
                }
            }
        } catch (Exception e) {
            stop(starting);
            throw new StartRefused(
                    "The embedded broker did not start in " + settings.dataDir().toAbsolutePath() + ": "
                            + e.getMessage()
                            + ". Is another bridge running on this folder, or another program on ports "
                            + settings.port() + " of " + settings.bindHost() + " and " + settings.coreBindHost()
                            + "?",
                    "Stop the other one, or choose another folder or port with bridge.broker.*",
                    e);
        }
        server = starting;
        log.info("The embedded broker is up: {}", listening(starting));
    }

    @Override
    public synchronized void stop() {
        ActiveMQServer stopping = server;
        server = null;
        if (stopping != null) {
            stop(stopping);
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /**
     * The port on which an acceptor listens.
     *
     * @param name core, amqp or stomp
     */
    public int port(String name) {
        if (artemis().getRemotingService().getAcceptor(name) instanceof NettyAcceptor acceptor) {
            return acceptor.getActualPort();
        }
        throw new IllegalStateException("The embedded broker has no port for " + name + ": bridge.broker.port.*");
    }

    ActiveMQServer artemis() {
        ActiveMQServer running = server;
        if (running == null) {
            throw new IllegalStateException("The embedded broker is not running.");
        }
        return running;
    }

    /** The queues that the last start removed because the bridge does not know them: a sentence for each. */
    public List<String> removedQueues() {
        return removed.stream().map(UnknownQueues.Removed::toString).toList();
    }

    int inVmId() {
        return inVmId;
    }

    /** The bridge's own account, for connections inside this process only; its password is new at each start. */
    String bridgeUser() {
        return "bridge-" + inVmId;
    }

    String bridgePassword() {
        return bridgePassword;
    }

    private ActiveMQJAASSecurityManager accounts() {
        SecurityConfiguration accounts = new SecurityConfiguration();
        accounts.addUser(bridgeUser(), bridgePassword);
        accounts.addRole(bridgeUser(), BrokerLayout.BRIDGE_ROLE);
        accounts.addUser(settings.username(), GeneratedPassword.ofProducers(settings));
        accounts.addRole(settings.username(), BrokerLayout.PRODUCER_ROLE);
        if (events.enabled()) {
            if (!events.username().equals(settings.username())) {
                accounts.addUser(events.username(), GeneratedPassword.ofSubscribers(settings, events));
            }
            accounts.addRole(events.username(), BrokerLayout.SUBSCRIBER_ROLE);
        }
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), accounts);
    }

    private static String listening(ActiveMQServer running) {
        StringBuilder ports = new StringBuilder();
        running.getRemotingService().getAcceptors().forEach((name, acceptor) -> {
            if (acceptor instanceof NettyAcceptor netty) {
                ports.append(ports.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(" on port ")
                        .append(netty.getActualPort());
            }
        });
        return ports.toString();
    }

    /** In a thread of its own, so that a connection that never closes cannot keep the process from ending. */
    private static void stop(ActiveMQServer stopping) {
        Thread thread = new Thread(
                () -> {
                    try {
                        // the sessions were just closed: if the broker noticed it after its journal, each would log a
                        // stack trace
                        if (stopping.getManagementService() != null) {
                            stopping.getManagementService().enableNotifications(false);
                        }
                        stopping.stop();
                    } catch (Exception e) {
                        log.warn(UNCLEAN, e);
                    }
                },
                "embedded-broker-stop");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(STOP_LIMIT.toMillis());
            if (thread.isAlive()) {
                log.warn("{}: it took longer than {} s", UNCLEAN, STOP_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }
}
