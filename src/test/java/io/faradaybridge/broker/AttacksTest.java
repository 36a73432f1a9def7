package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultExchangeHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender with a right to the queue could do to the bridge behind it, and cannot. */
@Tag("long")
class AttacksTest {

    private final BlockingQueue<Exchange> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> passedOn = new LinkedBlockingQueue<>();
    private TestBroker world;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Gadget.deserialised.set(0);
        world = new TestBroker(folder).with(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:vuln-status")
                        .routeId("outgoing-ingress")
                        .doTry()
                        .bean("queueMessages", "read")
                        .doCatch(UnusableMessage.class)
                        .end()
                        .process(exchange -> received.add(exchange.copy()))
                        .setBody(constant("{}"))
                        .to("jms:queue:vuln-export");
                from("jms:queue:vuln-export")
                        .routeId("next")
                        .process(exchange -> passedOn.add(String.join(
                                ",", exchange.getMessage().getHeaders().keySet())));
            }
        });
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void an_object_over_core_is_refused_and_never_deserialised() throws Exception {
        send(world.core(TestBroker.PASSWORD), session -> session.createObjectMessage(new Gadget()));
        assertThatItWasRefusedUnread();
    }

    @Test
    void an_object_over_amqp_is_refused_and_never_deserialised() throws Exception {
        send(world.amqp(TestBroker.PASSWORD), session -> session.createObjectMessage(new Gadget()));
        assertThatItWasRefusedUnread();
    }

    @Test
    void a_forged_exchange_does_not_become_ours() throws Exception {
        Exchange forged = new DefaultExchange(new DefaultCamelContext());
        forged.getIn().setHeader("CamelHttpUri", "http://attacker.example");
        forged.getIn().setBody("{\"vulnerability_id\": 1}");
        DefaultExchangeHolder holder = DefaultExchangeHolder.marshal(forged);

        send(world.core(TestBroker.PASSWORD), session -> session.createObjectMessage(holder));

        Exchange exchange = next();
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(UnusableMessage.class);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("CamelHttpUri");
    }

    @Test
    void headers_that_would_steer_a_component_stay_out_in_any_case_and_encoding() throws Exception {
        send(world.core(TestBroker.PASSWORD), session -> {
            Message message = session.createTextMessage("{\"vulnerability_id\": 17}");
            for (String name : new String[] {
                "CamelHttpUri",
                "CAmelHttpUri",
                "CAMELHTTPURI",
                "camelJmsDestinationName",
                "CAmelExecCommandExecutable",
                "org.apache.camel.something",
                "org_DOT_apache_DOT_camel_DOT_x",
                "CamelJmsDestinationName",
                "breadcrumbId",
                "Authorization",
                "BRIDGE_HYPHEN_CORRELATION"
            }) {
                message.setStringProperty(name.replace(".", "_DOT_"), "attack");
            }
            return message;
        });

        assertThat(next().getMessage().getHeaders().values()).doesNotContain("attack");
        assertThat(passedOn.poll(10, TimeUnit.SECONDS)).isNotNull().doesNotContainIgnoringCase("camelHttp");
    }

    @Test
    void headers_over_stomp_stay_out_as_well() throws Exception {
        try (Stomp stomp = world.stomp(TestBroker.PASSWORD)) {
            stomp.send(
                    "vuln-status",
                    "{\"vulnerability_id\": 17}",
                    Map.of(
                            "CAmelHttpUri",
                            "attack",
                            "CamelJmsDestinationName",
                            "attack",
                            "org.apache.camel.x",
                            "attack"));
        }
        assertThat(next().getMessage().getHeaders().values()).doesNotContain("attack");
    }

    @Test
    void a_reply_asked_for_is_not_sent() throws Exception {
        send(world.core(TestBroker.PASSWORD), session -> {
            Message message = session.createTextMessage("{\"vulnerability_id\": 17}");
            Destination ours = session.createQueue(Queues.DEAD_LETTER);
            message.setJMSReplyTo(ours);
            return message;
        });
        assertThat(next().getPattern().isOutCapable()).isFalse();
    }

    @Test
    void an_amqp_map_that_jms_cannot_express_is_refused_to_its_sender() {
        HashMap<String, Object> map = new HashMap<>();
        map.put("vulnerability_ids", new ArrayList<>(List.of(1, 2)));

        assertThatThrownBy(() -> send(world.amqp(TestBroker.PASSWORD), session -> {
                    ObjectMessage message = session.createObjectMessage();
                    // as an AMQP map with a list in it, the way a Python client sends a dictionary
                    message.setBooleanProperty("JMS_AMQP_TYPED_ENCODING", true);
                    message.setObject(map);
                    return message;
                }))
                .hasMessageContaining("send the JSON object as text");
    }

    @ParameterizedTest
    @ValueSource(bytes = {2, 3, 5}) // object, text, map
    void a_body_that_lies_about_its_length_is_refused_to_its_sender(byte type) throws Exception {
        try (ServerLocator locator =
                        ActiveMQClient.createServerLocator("tcp://127.0.0.1:" + world.broker.port("core"));
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session =
                        factory.createSession(TestBroker.USER, TestBroker.PASSWORD, false, true, true, false, 0)) {
            ClientMessage message = session.createMessage(type, true);
            message.getBodyBuffer().writeByte((byte) 1);
            message.getBodyBuffer().writeInt(Integer.MAX_VALUE);
            ClientProducer producer = session.createProducer(Queues.VULN_STATUS);
            assertThatThrownBy(() -> producer.send(message)).hasMessageContaining("send the JSON object as text");
        }
    }

    private void assertThatItWasRefusedUnread() throws InterruptedException {
        Exchange exchange = next();
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .isInstanceOf(UnusableMessage.class)
                .hasMessageContaining("serialised Java object");
        assertThat(exchange.getMessage().getBody())
                .isInstanceOfSatisfying(RefusedBody.class, body -> assertThat(body.raw())
                        .as("the object's own bytes, for the dead letter")
                        .startsWith(0xAC, 0xED));
        assertThat(Gadget.deserialised).hasValue(0);
    }

    private Exchange next() throws InterruptedException {
        Exchange exchange = received.poll(10, TimeUnit.SECONDS);
        assertThat(exchange).as("message received").isNotNull();
        return exchange;
    }

    private interface Written {
        Message in(Session session) throws JMSException;
    }

    private static void send(ConnectionFactory connections, Written message) throws JMSException {
        try (Connection connection = connections.createConnection()) {
            Session session = connection.createSession();
            session.createProducer(session.createQueue(Queues.VULN_STATUS)).send(message.in(session));
        }
    }

    /** Tells when somebody reads it from a stream, as a real gadget would do worse. */
    static final class Gadget implements Serializable {
        static final AtomicInteger deserialised = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            deserialised.incrementAndGet();
        }
    }
}
