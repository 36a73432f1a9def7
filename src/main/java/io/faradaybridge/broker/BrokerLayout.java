package io.faradaybridge.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** How the broker inside is laid out: journal, queues, rights and doors. Everything not named here is closed. */
final class BrokerLayout {

    static final String BRIDGE_ROLE = "bridge";
    static final String PRODUCER_ROLE = "producer";
    /** Acceptors that other processes connect to. */
    static final List<String> DOORS = List.of("core", "amqp", "stomp");
    /** A second process on the same folder gives up after this long, instead of waiting silently for the first. */
    private static final long LOCK_WAIT_MILLIS = 5_000;

    private static final long MIB = 1024 * 1024;
    /** Generous against the 1 MiB that a message's text may have: it travels as UTF-16 over Core. */
    static final long MAX_MESSAGE_BYTES = 4 * MIB;
    /**
     * Up to here STOMP and AMQP messages stand in the journal itself, which {@link MessageAdmission} can make them persistent
     * in; whatever is usable is smaller. The journal's buffer takes one such record.
     */
    private static final int IN_JOURNAL_BYTES = (int) (5 * MIB / 2);

    private BrokerLayout() {}

    static Configuration of(BrokerSettings settings, int inVmId) {
        Path folder = settings.dataDir().toAbsolutePath().normalize();
        Configuration layout = new ConfigurationImpl()
                .setName("faraday-jira-bridge")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large-messages").toString())
                .setJournalBufferSize_NIO((int) (3 * MIB))
                .setJournalLockAcquisitionTimeout(LOCK_WAIT_MILLIS)
                .setGlobalMaxSize(64 * MIB)
                .setMaxDiskUsage(90)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                // a stall of the disk is worth a line in the log, never the end of the process around us
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setIncomingInterceptorClassNames(List.of(ReattachmentRefusal.class.getName()));
        addQueues(layout, settings.redelivery());
        addRights(layout);
        addDoors(layout, settings, inVmId);
        return layout;
    }

    private static void addQueues(Configuration layout, BrokerSettings.Redelivery redelivery) {
        layout.addAddressSetting("#", closed());
        for (String queue : Queues.OPEN) {
            layout.addAddressSetting(queue, bounded(redelivery).setMaxDeliveryAttempts(redelivery.attempts()));
        }
        // a dead letter has nowhere else to go: it is offered until the database takes it
        layout.addAddressSetting(Queues.DEAD_LETTER, bounded(redelivery).setMaxDeliveryAttempts(-1));
        for (String queue : Queues.ALL) {
            // anycast, and there before any door opens: a STOMP SEND without destination type would otherwise make
            // the address multicast, where a message without a subscriber vanishes
            layout.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfig(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)));
        }
    }

    private static AddressSettings closed() {
        return new AddressSettings()
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setDefaultAddressRoutingType(RoutingType.ANYCAST)
                .setDefaultQueueRoutingType(RoutingType.ANYCAST);
    }

    private static AddressSettings bounded(BrokerSettings.Redelivery redelivery) {
        SimpleString deadLetter = SimpleString.of(Queues.DEAD_LETTER);
        return closed().setDeadLetterAddress(deadLetter)
                // a time to live is the producer's; what it wanted to say must not vanish unseen
                .setExpiryAddress(deadLetter)
                .setSendToDLAOnNoRoute(true)
                .setRedeliveryDelay(redelivery.delay().toMillis())
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(redelivery.maxDelay().toMillis())
                .setMaxSizeBytes(16 * MIB)
                .setPageSizeBytes((int) MIB)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
    }

    private static void addRights(Configuration layout) {
        Role bridge = role(BRIDGE_ROLE, true, true);
        layout.putSecurityRoles("#", Set.of());
        for (String queue : Queues.OPEN) {
            layout.putSecurityRoles(queue, new HashSet<>(Set.of(bridge, role(PRODUCER_ROLE, true, false))));
        }
        layout.putSecurityRoles(Queues.DEAD_LETTER, new HashSet<>(Set.of(bridge)));
    }

    private static Role role(String name, boolean send, boolean consume) {
        return new Role(name, send, consume, false, false, false, false, false, consume, false, false, false, false);
    }

    private static void addDoors(Configuration layout, BrokerSettings settings, int inVmId) {
        layout.addAcceptorConfiguration(new TransportConfiguration(
                InVMAcceptorFactory.class.getName(),
                Map.of(
                        org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants.SERVER_ID_PROP_NAME,
                        inVmId),
                "inside"));
        BrokerSettings.Ports ports = settings.port();
        addDoor(layout, "core", "CORE,AMQP,STOMP", settings.coreBindHost(), ports.core());
        addDoor(layout, "amqp", "AMQP", settings.bindHost(), ports.amqp());
        addDoor(layout, "stomp", "STOMP", settings.bindHost(), ports.stomp());
    }

    private static void addDoor(Configuration layout, String name, String protocols, String host, int port) {
        if (port < 0) {
            return;
        }
        Map<String, Object> parameters = new HashMap<>(GuardedAcceptor.parameters());
        parameters.put(TransportConstants.HOST_PROP_NAME, host);
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, protocols);
        parameters.put(TransportConstants.STOMP_MIN_LARGE_MESSAGE_SIZE, IN_JOURNAL_BYTES);
        Map<String, Object> protocolParameters = new HashMap<>();
        protocolParameters.put("amqpMinLargeMessageSize", IN_JOURNAL_BYTES);
        // many STOMP clients are used to the prefix of ActiveMQ Classic
        protocolParameters.put("anycastPrefix", "/queue/");
        layout.addAcceptorConfiguration(
                new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, name, protocolParameters));
    }
}
