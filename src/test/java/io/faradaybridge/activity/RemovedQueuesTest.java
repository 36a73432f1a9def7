package io.faradaybridge.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.broker.TestBroker;
import io.faradaybridge.sandbox.FaradayDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

class RemovedQueuesTest {

    @Test
    void an_unknown_queue_in_the_journal_is_recorded_in_the_activity() {
        JdbcClient jdbc = FaradayDatabase.shared().newBridgeDatabase().rows();
        Activity activity = new Activity(jdbc, TestBroker.NO_EVENTS, new ActivityListeners(new SimpleMeterRegistry()));
        EmbeddedBroker broker = Mockito.mock();
        Mockito.when(broker.removedQueues()).thenReturn(List.of("queue 'rogue' on address 'vuln-status'"));
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("broker", broker);

        new RemovedQueues(activity, beans.getBeanProvider(EmbeddedBroker.class)).record();

        assertThat(activity.find(ActivityQuery.newest(10))).singleElement().satisfies(row -> {
            assertThat(row.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(row.detail()).contains("queue 'rogue' on address 'vuln-status'");
        });
    }
}
