package io.faradaybridge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.lease.Leases;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the broker is put together at start, from the shipped defaults on. */
class BrokerStartTest {

    private final List<String> received = new CopyOnWriteArrayList<>();

    private final ApplicationContextRunner bridge = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, ArtemisAutoConfiguration.class))
            .withUserConfiguration(BrokerBeans.class)
            .withBean(DataSource.class, PGSimpleDataSource::new)
            .withBean(Leases.class, () -> new Leases(JdbcClient.create(new PGSimpleDataSource())))
            .withBean(RouteBuilder.class, () -> new RouteBuilder() {
                @Override
                public void configure() {
                    from("jms:queue:vuln-status")
                            .process(exchange ->
                                    received.add(exchange.getMessage().getBody(String.class)));
                }
            });

    @Test
    void without_a_url_the_broker_is_inside(@TempDir Path folder) {
        bridge.withPropertyValues(embedded(folder)).run(context -> {
            EmbeddedBroker broker = context.getBean(EmbeddedBroker.class);
            try (Stomp stomp = new Stomp(broker.port("stomp"), "faraday", "secret")) {
                stomp.sendText("vuln-status", "{}");
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> received.contains("{}"));
        });
    }

    @Test
    void with_a_url_the_broker_outside_is_used_and_none_is_inside(@TempDir Path folder) {
        // a broker that does not know the bridge's account: it may send, but not consume
        try (TestBroker outside = new TestBroker(folder)) {
            bridge.withPropertyValues(
                            "bridge.broker.url=tcp://127.0.0.1:" + outside.broker.port("core"),
                            "bridge.broker.username=" + TestBroker.USER,
                            "bridge.broker.password=" + TestBroker.PASSWORD)
                    .run(context -> {
                        assertThat(context).doesNotHaveBean(EmbeddedBroker.class);
                        context.getBean(org.apache.camel.CamelContext.class)
                                .createProducerTemplate()
                                .sendBody("jms:queue:vuln-export", "{}");
                    });
        }
    }

    @Test
    void starts_while_the_broker_outside_is_down() {
        bridge.withPropertyValues("bridge.broker.url=tcp://127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void a_setting_out_of_range_is_refused_by_name() {
        bridge.withPropertyValues("bridge.broker.port.amqp=70000")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("port.amqp"));
    }

    @Test
    void a_second_bridge_on_the_same_folder_says_so_and_does_not_wait_for_ever(@TempDir Path folder) {
        try (TestBroker first = new TestBroker(folder)) {
            assertThat(first.broker.isRunning()).isTrue();
            EmbeddedBroker second =
                    new EmbeddedBroker(TestBroker.settings(folder, TestBroker.PASSWORD), TestBroker.NO_EVENTS);
            assertThatThrownBy(second::start).hasMessageContaining("Is another bridge running on this folder");
            assertThat(second.isRunning()).isFalse();
        }
    }

    @Test
    void a_port_that_is_taken_is_named(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerSettings settings = TestBroker.settings(folder, TestBroker.PASSWORD, taken.getLocalPort());
            EmbeddedBroker broker = new EmbeddedBroker(settings, TestBroker.NO_EVENTS);
            assertThatThrownBy(broker::start).hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void the_password_is_in_no_text_about_the_settings(@TempDir Path folder) {
        assertThat(TestBroker.settings(folder, TestBroker.PASSWORD).toString()).doesNotContain(TestBroker.PASSWORD);
    }

    private static String[] embedded(Path folder) {
        return new String[] {
            "bridge.data-dir=" + folder,
            "bridge.broker.password=secret",
            "bridge.broker.url=",
            "bridge.broker.port.core=0",
            "bridge.broker.port.amqp=0",
            "bridge.broker.port.stomp=0"
        };
    }
}
