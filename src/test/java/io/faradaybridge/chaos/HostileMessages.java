package io.faradaybridge.chaos;

import static io.faradaybridge.chaos.HostileJson.pick;
import static io.faradaybridge.chaos.HostileJson.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.faradaybridge.broker.Stomp;
import io.faradaybridge.sandbox.SampleFaraday;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Sends hostile messages over Core, AMQP and STOMP to a broker that takes anything from anybody, which the one inside the
 * bridge does not.
 */
final class HostileMessages implements AutoCloseable {

    /** What has to become of a message. */
    enum Fate {
        /** It cannot be used: one dead letter. */
        DEAD,
        /** It can be read, and changes nothing. */
        HARMLESS,
        /** One or the other: chance has mutated it, or it may expire before it is consumed. */
        EITHER
    }

    private interface Written {
        Message in(Session session) throws JMSException;
    }

    private static final List<String> STATUS_FIELDS =
            List.of("vulnerability_id", "status", "previous_status", "workspace", "user", "changed_at");
    private static final List<String> EXPORT_FIELDS = List.of("vulnerability_ids", "project", "issue_type");
    private static final List<String> NO_IDS = List.of(
            "-1",
            "0",
            "1.5",
            "17.0",
            "1e2",
            "2147483648",
            "99999999999999999999",
            "\"17\"",
            "null",
            "true",
            "[17]",
            "{}");
    private static final List<String> PROPERTIES = List.of(
            "CamelHttpUri",
            "CAmelHttpUri",
            "CAMELHTTPURI",
            "camelJmsDestinationName",
            "CAmelJmsDestinationName",
            "CamelExecCommandExecutable",
            "CAmelBeanMethodName",
            "org_DOT_apache_DOT_camel_DOT_x",
            "org.apache.camel.x",
            "breadcrumbId",
            "bridge_HYPHEN_correlation",
            "bridge_HYPHEN_origin",
            "bridge_HYPHEN_attempts",
            "content_HYPHEN_type",
            "_AMQ_ORIG_QUEUE",
            "_AMQ_ORIG_ADDRESS",
            "_AMQ_ORIG_MESSAGE_ID",
            "_AMQ_ACTUAL_EXPIRY",
            "_AMQ_GROUP_ID",
            "JMSXGroupID");
    private static final int TOO_LARGE = 5 * 1024 * 1024;

    private final int port;
    private final List<Integer> linked;
    private final ActiveMQConnectionFactory coreConnections;
    private final Connection core;
    private final Connection amqp;
    private final Session overCore;
    private final Session overAmqp;
    private Stomp stomp;

    HostileMessages(int port, List<Integer> linked) {
        this.port = port;
        this.linked = linked;
        this.coreConnections = new ActiveMQConnectionFactory("tcp://localhost:" + port);
        try {
            core = coreConnections.createConnection();
            amqp = new JmsConnectionFactory("amqp://localhost:" + port).createConnection();
            core.start();
            amqp.start();
            overCore = core.createSession();
            overAmqp = amqp.createSession();
            stomp = new Stomp(port, "any", "any");
        } catch (JMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends one; the broker has it when this returns. */
    Fate send(Random random) {
        try {
            return switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> garbage(random);
                case 4, 5 -> wrongStatus(random);
                case 6, 7 -> wrongExport(random);
                case 8 -> ofAnyType(random);
                default -> steering(random);
            };
        } catch (JMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Fate garbage(Random random) throws JMSException, IOException {
        boolean status = random.nextBoolean();
        byte[] body = HostileJson.body(random, status ? STATUS_FIELDS : EXPORT_FIELDS);
        bytes(random, status ? "vuln-status" : "vuln-export", body);
        return Fate.EITHER;
    }

    private Fate wrongStatus(Random random) throws JMSException, IOException {
        if (random.nextBoolean()) {
            text(random, "vuln-status", "{\"vulnerability_id\": " + pick(random, NO_IDS) + ", \"status\": \"closed\"}");
            return Fate.DEAD;
        }
        int id = random.nextBoolean()
                ? pick(random, linked)
                : random.nextBoolean() ? SampleFaraday.AWKWARD_TEXTS : 1_000_000 + random.nextInt(1 << 30);
        String status = pick(random, List.of("closed", "re-opened", "open", "risk-accepted", "nonsense", "${x}"));
        text(
                random,
                "vuln-status",
                "{\"vulnerability_id\": " + id + ", \"status\": \"" + status + "\", \"user\": "
                        + quoted(pick(random, HostileJson.INJECTIONS)) + "}");
        return Fate.HARMLESS;
    }

    private Fate wrongExport(Random random) throws JMSException, IOException {
        String ids = pick(random, linked).toString();
        String project = "SEC";
        String type = "Bug";
        Fate fate = Fate.DEAD;
        switch (random.nextInt(60) == 0 ? 5 : random.nextInt(5)) {
            case 0 -> ids += ", " + pick(random, NO_IDS);
            case 1 -> project = pick(random, List.of("NONE", "OLD", "sec' OR true --", "", "${x}", "S".repeat(10_000)));
            case 2 -> type = pick(random, List.of("Nothing", "{{x}}", "B".repeat(10_000)));
            case 5 ->
                ids = IntStream.range(1, 100_001).mapToObj(String::valueOf).collect(Collectors.joining(","));
            default -> {
                // readable, but linked already, not there, not confirmed, or in a workspace that is closed
                ids += ", " + (1_000_000 + random.nextInt(1 << 30)) + ", " + SampleFaraday.UNCONFIRMED + ", "
                        + SampleFaraday.IN_READ_ONLY_WORKSPACE + ", " + SampleFaraday.IN_INACTIVE_WORKSPACE;
                fate = Fate.HARMLESS;
            }
        }
        text(
                random,
                "vuln-export",
                "{\"vulnerability_ids\": [" + ids + "], \"project\": " + quoted(project) + ", \"issue_type\": "
                        + quoted(type) + "}");
        return fate;
    }

    private Fate ofAnyType(Random random) throws JMSException {
        String queue = random.nextBoolean() ? "vuln-status" : "vuln-export";
        Session session = random.nextBoolean() ? overCore : overAmqp;
        switch (random.nextInt(7)) {
            case 0 -> produce(random, session, queue, s -> s.createObjectMessage(new Gadget()));
            case 1 ->
                produce(random, session, queue, s -> {
                    StreamMessage stream = s.createStreamMessage();
                    stream.writeString("{\"vulnerability_id\": 17}");
                    stream.writeLong(random.nextLong());
                    return stream;
                });
            case 2 -> produce(random, session, queue, Session::createMessage);
            case 3 ->
                produce(random, session, queue, s -> {
                    MapMessage map = s.createMapMessage();
                    map.setBytes("vulnerability_id", HostileJson.bytes(random));
                    map.setDouble("status", Double.NaN);
                    map.setString(pick(random, HostileJson.INJECTIONS), "x");
                    return map;
                });
            case 4 -> produce(random, session, queue, Session::createTextMessage);
            case 5 -> lying(random, queue);
            default -> {
                if (random.nextInt(8) > 0) {
                    produce(random, session, queue, Session::createBytesMessage);
                } else if (random.nextBoolean()) {
                    produce(random, session, queue, s -> s.createTextMessage("x".repeat(TOO_LARGE)));
                } else {
                    produce(random, session, queue, s -> {
                        BytesMessage large = s.createBytesMessage();
                        large.writeBytes(new byte[2 * TOO_LARGE]);
                        return large;
                    });
                }
            }
        }
        return Fate.DEAD;
    }

    /** Text, map, object or stream that is longer by its own word than it is. */
    private void lying(Random random, String queue) {
        try (ServerLocator locator = ActiveMQClient.createServerLocator("tcp://localhost:" + port);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            ClientMessage message = session.createMessage(pick(random, List.of((byte) 2, (byte) 3, (byte) 5)), true);
            message.getBodyBuffer().writeByte((byte) 1);
            message.getBodyBuffer().writeInt(Integer.MAX_VALUE);
            session.createProducer(queue).send(message);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Properties and headers that steer a broker, Camel, or the way into the dead letters. */
    private Fate steering(Random random) throws JMSException, IOException {
        String harmless = "{\"vulnerability_id\": " + pick(random, linked) + "}";
        switch (random.nextInt(6)) {
            case 0 -> {
                stomp(Map.of(
                        "destination",
                        "vuln-status",
                        pick(random, PROPERTIES),
                        "attack",
                        "reply-to",
                        "dead-letter",
                        "expires",
                        "0"));
                return Fate.DEAD; // its body is no JSON
            }
            case 1 -> {
                produce(random, overCore, "dead-letter", session -> {
                    Message letter = session.createTextMessage("{}");
                    letter.setStringProperty("bridge_HYPHEN_origin", "vuln-status\0");
                    letter.setStringProperty("bridge_HYPHEN_route", "\0\ud800");
                    letter.setStringProperty("bridge_HYPHEN_attempts", "NaN");
                    letter.setStringProperty("bridge_HYPHEN_headers", "{\"\\u0000\": null, \"a\": \"\\u0000\"}");
                    letter.setStringProperty("bridge_HYPHEN_cause", pick(random, HostileJson.INJECTIONS));
                    return letter;
                });
                return Fate.DEAD;
            }
            case 2 -> {
                produce(random, overCore, "vuln-status", session -> {
                    Message late = session.createTextMessage(harmless);
                    late.setLongProperty("_AMQ_SCHED_DELIVERY", System.currentTimeMillis() + 10_000_000_000L);
                    return late;
                });
                return Fate.HARMLESS;
            }
            case 3 -> {
                produce(random, overCore, 1, "vuln-status", session -> session.createTextMessage("short-lived"));
                return Fate.EITHER;
            }
            default -> {
                produce(random, random.nextBoolean() ? overCore : overAmqp, "vuln-status", session -> {
                    Message message = session.createTextMessage(harmless);
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        message.setStringProperty(
                                pick(random, PROPERTIES.subList(0, 12)).replace(".", "_DOT_"),
                                pick(random, HostileJson.INJECTIONS));
                    }
                    message.setJMSReplyTo(session.createQueue("vuln-export"));
                    message.setJMSCorrelationID(pick(random, HostileJson.INJECTIONS));
                    message.setJMSType("x".repeat(random.nextInt(3000)));
                    message.setStringProperty("JMSXGroupID", "one group for all");
                    return message;
                });
                return Fate.HARMLESS;
            }
        }
    }

    private void text(Random random, String queue, String body) throws JMSException, IOException {
        switch (random.nextInt(5)) {
            case 0 -> bytes(random, queue, body.getBytes(UTF_8));
            case 1 -> check(stomp.sendText(queue, body));
            case 2 -> produce(random, overAmqp, queue, session -> session.createTextMessage(body));
            default -> produce(random, overCore, queue, session -> session.createTextMessage(body));
        }
    }

    private void bytes(Random random, String queue, byte[] body) throws JMSException, IOException {
        switch (random.nextInt(5)) {
            case 0 -> check(stomp.sendBytes(queue, body));
            case 1 -> produce(random, overCore, queue, s -> s.createTextMessage(new String(body, UTF_8)));
            default ->
                produce(random, random.nextBoolean() ? overCore : overAmqp, queue, session -> {
                    BytesMessage message = session.createBytesMessage();
                    message.writeBytes(body);
                    return message;
                });
        }
    }

    private void stomp(Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("receipt", "1");
        check(stomp.exchange("SEND", all, "steered".getBytes(UTF_8)));
    }

    private static void check(String receipt) throws IOException {
        if (!receipt.startsWith("RECEIPT")) {
            throw new IOException(receipt);
        }
    }

    private static void produce(Random random, Session session, String queue, Written message) throws JMSException {
        produce(random, session, 0, queue, message);
    }

    private static void produce(Random random, Session session, long timeToLive, String queue, Written message)
            throws JMSException {
        int mode = random.nextInt(10) == 0 ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
        try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(message.in(session), mode, random.nextInt(10), timeToLive);
        }
    }

    @Override
    public void close() {
        try {
            core.close();
            amqp.close();
            stomp.close();
            coreConnections.close();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does harm when somebody reads it: the bridge does not even have this class. */
    private static final class Gadget implements Serializable {

        private final String command = "id";

        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("read by whoever should not have: " + command);
        }
    }
}
