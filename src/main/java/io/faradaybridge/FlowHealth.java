package io.faradaybridge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.StatefulService;
import org.apache.camel.component.jms.JmsConsumer;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jms.listener.AbstractMessageListenerContainer;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.stereotype.Component;

/**
 * Up while every started route still takes up work. An error that no step can catch, such as a lack of memory, ends the
 * thread of a consumer. Work that is handed over then waits for ever, although the process still answers; only a
 * restart helps. The state of Jira and the database has no influence: a consumer that is paused while one of them is
 * away counts as up.
 */
@Component("flows")
class FlowHealth implements HealthIndicator, MeterBinder {

    /** The nanoseconds that the threads of a consumer may take to begin after its start. */
    private static final long BEGUN_BY = 5_000_000_000L;

    private final CamelContext camel;
    /** Since when a route has a problem. */
    private final Map<String, Long> lacking = new ConcurrentHashMap<>();

    FlowHealth(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public void bindTo(MeterRegistry metrics) {
        Gauge.builder("bridge.flows.broken", this, self -> self.dead().size())
                .description("Flows that take up no work although they were started; health names them")
                .register(metrics);
    }

    @Override
    public Health health() {
        Map<String, Object> dead = dead();
        return dead.isEmpty()
                ? Health.up().build()
                : Health.down().withDetails(dead).build();
    }

    /** The problem of each flow that has one. */
    private Map<String, Object> dead() {
        if (!camel.isStarted()) {
            return Map.of(); // starts, or stops
        }
        Map<String, Object> dead = new TreeMap<>();
        for (Route route : camel.getRoutes()) {
            Optional<String> problem = problem(route);
            if (problem.isEmpty()) {
                lacking.remove(route.getRouteId());
            } else if (System.nanoTime() - lacking.computeIfAbsent(route.getRouteId(), now -> System.nanoTime())
                    > BEGUN_BY) {
                dead.put(route.getRouteId(), problem.get());
            }
        }
        return dead;
    }

    private Optional<String> problem(Route route) {
        ServiceStatus status = camel.getRouteController().getRouteStatus(route.getRouteId());
        if (status == ServiceStatus.Stopped || status == ServiceStatus.Stopping) {
            return Boolean.FALSE.equals(route.isAutoStartup())
                    ? Optional.empty()
                    : Optional.of("the route has stopped");
        }
        Consumer consumer = route.getConsumer();
        boolean atWork = consumer instanceof StatefulService service && service.isStarted();
        if (!atWork) {
            return Optional.empty();
        }
        if (consumer instanceof WatchedSeda.Watched flow) {
            int wanted = flow.getEndpoint().getConcurrentConsumers();
            return flow.threads() >= wanted
                    ? Optional.empty()
                    : Optional.of((wanted - flow.threads()) + " of its " + wanted + " threads have ended");
        }
        return consumer instanceof JmsConsumer queue && !listens(queue)
                ? Optional.of("its threads have ended")
                : Optional.empty();
    }

    private static boolean listens(JmsConsumer queue) {
        try {
            AbstractMessageListenerContainer container = queue.getListenerContainer();
            return container.isRunning()
                    && (!(container instanceof DefaultMessageListenerContainer threads)
                            || threads.getScheduledConsumerCount() > 0);
        } catch (Exception none) {
            return false;
        }
    }
}
