package io.faradaybridge.activity;

import io.faradaybridge.broker.EmbeddedBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Writes a row to the event log for each unknown queue that the embedded broker has removed from its journal. */
@Component
class RemovedQueues {

    private static final Logger log = LoggerFactory.getLogger(RemovedQueues.class);
    private static final String CORRELATION = "embedded-broker";

    private final Activity activity;
    private final ObjectProvider<EmbeddedBroker> broker;

    RemovedQueues(Activity activity, ObjectProvider<EmbeddedBroker> broker) {
        this.activity = activity;
        this.broker = broker;
    }

    @EventListener(ApplicationReadyEvent.class)
    void record() {
        broker.ifAvailable(inside -> inside.removedQueues().forEach(this::record));
    }

    private void record(String queue) {
        String detail = "The embedded broker removed a queue that is not the bridge's: " + queue
                + ". Another program created it: check which programs can reach the broker's ports";
        try {
            activity.record(Outcome.REFUSED, CORRELATION, null, null, detail, null);
        } catch (DataAccessException noDatabase) {
            log.warn("{} (not written to the activity, since the database is away)", detail);
        }
    }
}
