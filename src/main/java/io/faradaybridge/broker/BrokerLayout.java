package io.faradaybridge.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** How the embedded broker is set up: journal, queues, rights and ports. What is not named here is closed. */
final class BrokerLayout {

    static final String BRIDGE_ROLE = "bridge";
    static final String PRODUCER_ROLE = "producer";
    static final String SUBSCRIBER_ROLE = "subscriber";
    /** Acceptors that other processes connect to. */
    static final List<String> ACCEPTORS = List.of("core", "amqp", "stomp");
    /** A second process on the same folder gives up after this long, instead of waiting silently for the first. */
    private static final long LOCK_WAIT_MILLIS = 5_000;

    /** Queues on which programs wait for replies: temporary ones, and named ones that begin so. */
    static final String TEMPORARY = "temp";

    static final String REPLIES = "reply.";
    /** A topic that nobody subscribes to: what expires goes there, and away. */
    private static final String EXPIRED = "expired";

    /** Queues that an account may have, so that programs cannot fill the memory with them. */
    private static final int QUEUES_OF_AN_ACCOUNT = 200;

    /** As many groups of events go to their consumers in order; vulnerabilities share them. */
    private static final int GROUP_BUCKETS = 1024;

    private static final long MIB = 1024 * 1024;
    /** Larger than the 1 MiB that a message's text may have, because Core sends text as UTF-16. */
    static final long MAX_MESSAGE_BYTES = 4 * MIB;
    /**
     * Up to this size, STOMP and AMQP messages are kept in the journal itself, so that {@link MessageAdmission} can
     * make them persistent. Every usable message is smaller. The journal's buffer holds one such record.
     */
    private static final int IN_JOURNAL_BYTES = (int) (5 * MIB / 2);

    private BrokerLayout() {}

    static Configuration of(BrokerSettings settings, EventSettings events, int inVmId) {
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
                // a disk that stalls is logged; it must not end the process that the broker is part of
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .setIncomingInterceptorClassNames(List.of(ReattachmentRefusal.class.getName()));
        addQueues(layout, settings.redelivery());
        addRights(layout);
        addReplies(layout, settings);
        if (events.enabled()) {
            addTopic(layout, events.topic());
        }
        addAcceptors(layout, settings, inVmId);
        return layout;
    }

    private static void addQueues(Configuration layout, BrokerSettings.Redelivery redelivery) {
        layout.addAddressSetting("#", closed());
        for (String queue : Queues.OPEN) {
            layout.addAddressSetting(queue, bounded(redelivery).setMaxDeliveryAttempts(redelivery.attempts()));
        }
        // a dead letter has no further queue: it is delivered again until the database takes it
        layout.addAddressSetting(Queues.DEAD_LETTER, bounded(redelivery).setMaxDeliveryAttempts(-1));
        for (String queue : Queues.ALL) {
            // anycast, and created before any port opens: otherwise a STOMP SEND without destination type would make
            // the address multicast, where a message without a subscriber is lost
            layout.addAddressConfiguration(new CoreAddressConfiguration()
                    .setName(queue)
                    .addRoutingType(RoutingType.ANYCAST)
                    .addQueueConfig(QueueConfiguration.of(queue)
                            .setAddress(queue)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)));
        }
    }

    /** A program makes the queues that it waits on; the bridge only sends to them, and gives its messages a time to live. */
    private static void addReplies(Configuration layout, BrokerSettings settings) {
        layout.setUuidNamespace(TEMPORARY);
        Role bridge = role(BRIDGE_ROLE, true, false);
        Role waiting =
                new Role(PRODUCER_ROLE, false, true, true, true, true, true, false, true, true, true, false, false);
        for (String match : List.of(TEMPORARY + ".#", REPLIES + "#")) {
            layout.addAddressSetting(
                    match,
                    forgetting()
                            .setAutoCreateAddresses(true)
                            .setAutoCreateQueues(true)
                            .setAutoDeleteAddresses(true)
                            .setAutoDeleteQueues(true)
                            .setAutoDeleteQueuesDelay(TimeUnit.DAYS.toMillis(1))
                            .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL));
            layout.putSecurityRoles(match, new HashSet<>(Set.of(bridge, waiting)));
        }
        layout.addAddressConfiguration(
                new CoreAddressConfiguration().setName(EXPIRED).addRoutingType(RoutingType.MULTICAST));
        ResourceLimitSettings limit = new ResourceLimitSettings();
        limit.setMatch(SimpleString.of(settings.username()));
        limit.setMaxQueues(QUEUES_OF_AN_ACCOUNT);
        layout.addResourceLimitSettings(limit);
    }

    /** Each subscription is a queue of its own, which its program creates and deletes. */
    private static void addTopic(Configuration layout, String topic) {
        layout.addAddressSetting(
                topic,
                forgetting()
                        // without a number, the broker remembers a consumer of each vulnerability for ever
                        .setDefaultGroupBuckets(GROUP_BUCKETS)
                        .setDefaultAddressRoutingType(RoutingType.MULTICAST)
                        .setDefaultQueueRoutingType(RoutingType.MULTICAST)
                        .setRedeliveryDelay(1000)
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        // a forgotten subscription must not fill the disk: then events wait in the database
                        .setPageLimitBytes(1024 * MIB)
                        .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL));
        layout.addAddressConfiguration(
                new CoreAddressConfiguration().setName(topic).addRoutingType(RoutingType.MULTICAST));
        layout.putSecurityRoles(
                topic,
                new HashSet<>(Set.of(
                        role(BRIDGE_ROLE, true, false),
                        new Role(
                                SUBSCRIBER_ROLE,
                                false,
                                true,
                                true,
                                true,
                                true,
                                true,
                                false,
                                true,
                                false,
                                false,
                                false,
                                false))));
    }

    /** For what the bridge sends: nothing of it becomes a dead letter. */
    private static AddressSettings forgetting() {
        return closed().setDeadLetterAddress(SimpleString.of(Queues.DEAD_LETTER))
                .setMaxDeliveryAttempts(-1)
                .setExpiryAddress(SimpleString.of(EXPIRED))
                .setMaxSizeBytes(16 * MIB)
                .setPageSizeBytes((int) MIB);
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
                // the producer sets the time to live; an expired message must not be lost without notice
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

    private static void addAcceptors(Configuration layout, BrokerSettings settings, int inVmId) {
        layout.addAcceptorConfiguration(new TransportConfiguration(
                InVMAcceptorFactory.class.getName(),
                Map.of(
                        org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants.SERVER_ID_PROP_NAME,
                        inVmId),
                "inside"));
        BrokerSettings.Ports ports = settings.port();
        addAcceptor(layout, "core", "CORE,AMQP,STOMP", settings.coreBindHost(), ports.core());
        addAcceptor(layout, "amqp", "AMQP", settings.bindHost(), ports.amqp());
        addAcceptor(layout, "stomp", "STOMP", settings.bindHost(), ports.stomp());
    }

    private static void addAcceptor(Configuration layout, String name, String protocols, String host, int port) {
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
        protocolParameters.put("multicastPrefix", "/topic/");
        layout.addAcceptorConfiguration(
                new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, name, protocolParameters));
    }
}
