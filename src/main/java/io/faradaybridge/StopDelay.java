package io.faradaybridge;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * At a stop the bridge first goes on as before for {@code bridge.stop.delay}, but is not ready. An orchestrator takes a
 * process out of its service while it stops it, so requests still come that nobody else would answer.
 */
@Component
@Order(StopDelay.AFTER_READINESS)
final class StopDelay implements ApplicationListener<ContextClosedEvent> {

    /** The process is not ready from the first moment on; whatever else a stop does begins after the delay. */
    static final int AFTER_READINESS = Ordered.HIGHEST_PRECEDENCE + 1;

    private final StopSettings settings;
    private final ApplicationContext own;

    StopDelay(StopSettings settings, ApplicationContext own) {
        this.settings = settings;
        this.own = own;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closing) {
        if (closing.getApplicationContext() != own) {
            return; // that of the management port, which closes later
        }
        try {
            Thread.sleep(settings.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
