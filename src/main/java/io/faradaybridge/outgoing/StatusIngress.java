package io.faradaybridge.outgoing;

import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import io.faradaybridge.link.VulnerabilityNamed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Turns a message on vuln-status into a hint on the link's row. */
@Component
class StatusIngress {

    private static final int EARLY_LOOKS = 3;

    private final Hints hints;
    private final Vulnerabilities vulnerabilities;
    private final ApplicationEventPublisher events;

    StatusIngress(Hints hints, Vulnerabilities vulnerabilities, ApplicationEventPublisher events) {
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
        this.events = events;
    }

    /**
     * @param hint null if the vulnerability is not linked
     * @param expected the status in the message; null if there is none or it is unknown
     * @param looks how often the row was read without showing it
     * @param early whether the row does not show it yet
     */
    record Announced(
            @Nullable LinkHint hint,
            int vulnerabilityId,
            @Nullable FaradayStatus expected,
            int looks,
            boolean early) {

        public long waitMillis() {
            return 1000L << (looks - 1);
        }
    }

    Announced accept(QueueMessage message) {
        StatusMessage status = StatusMessage.read(message.json());
        Optional<LinkHint> hint = hints.fromFaraday(status.vulnerabilityId(), message.correlationId());
        events.publishEvent(new VulnerabilityNamed(status.vulnerabilityId(), hint.isPresent()));
        return hint.isEmpty()
                ? new Announced(null, status.vulnerabilityId(), null, 0, false)
                : look(new Announced(
                        hint.get(), status.vulnerabilityId(), status.status().orElse(null), 0, false));
    }

    Announced lookAgain(Announced message) {
        return look(message);
    }

    private Announced look(Announced message) {
        FaradayStatus expected = message.expected();
        boolean shown = expected == null
                || vulnerabilities
                        .find(message.vulnerabilityId())
                        .filter(found -> found.status() != expected)
                        .isEmpty();
        int looks = message.looks() + 1;
        return new Announced(
                message.hint(), message.vulnerabilityId(), expected, looks, !shown && looks <= EARLY_LOOKS);
    }
}
