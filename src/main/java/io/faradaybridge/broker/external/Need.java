package io.faradaybridge.broker.external;

import io.faradaybridge.broker.EventSettings;
import io.faradaybridge.broker.Queues;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.RoutingType;

/** An address that the bridge uses at the broker, with what its account must be allowed to do there. */
record Need(String address, RoutingType routing, List<String> rights) {

    static final String SEND = "send";
    static final String CONSUME = "consume";

    static List<Need> of(EventSettings events) {
        List<Need> needs = new ArrayList<>();
        // what was a dead letter is sent to its queue again
        Queues.ALL.forEach(queue -> needs.add(new Need(queue, RoutingType.ANYCAST, List.of(SEND, CONSUME))));
        if (events.enabled()) {
            needs.add(new Need(events.topic(), RoutingType.MULTICAST, List.of(SEND)));
        }
        return needs;
    }

    boolean isQueue() {
        return routing == RoutingType.ANYCAST;
    }
}
