package io.faradaybridge.outgoing;

import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.faraday.FaradayStatus;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.link.Hints;
import io.faradaybridge.link.LinkHint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a message on vuln-status into a hint on the link's row. */
@Component
class StatusIngress {

    private static final int EARLY_LOOKS = 3;

    private final Hints hints;
    private final Vulnerabilities vulnerabilities;

    StatusIngress(Hints hints, Vulnerabilities vulnerabilities) {
        this.hints = hints;
        this.vulnerabilities = vulnerabilities;
    }

    /**
     * @param hint null: the vulnerability is not linked
     * @param expected what the producer says it wrote; null: it said nothing, or nothing usable
     * @param looks how often the row was found without it
     * @param early the row does not show it yet
     */
    record Told(
            @Nullable LinkHint hint,
            int vulnerabilityId,
            @Nullable FaradayStatus expected,
            int looks,
            boolean early) {

        public long waitMillis() {
            return 1000L << (looks - 1);
        }
    }

    Told accept(QueueMessage message) {
        StatusMessage status = StatusMessage.read(message.json());
        Optional<LinkHint> hint = hints.fromFaraday(status.vulnerabilityId(), message.correlationId());
        return hint.isEmpty()
                ? new Told(null, status.vulnerabilityId(), null, 0, false)
                : look(new Told(
                        hint.get(), status.vulnerabilityId(), status.status().orElse(null), 0, false));
    }

    Told lookAgain(Told told) {
        return look(told);
    }

    private Told look(Told told) {
        FaradayStatus expected = told.expected();
        boolean shown = expected == null
                || vulnerabilities
                        .find(told.vulnerabilityId())
                        .filter(found -> found.status() != expected)
                        .isEmpty();
        int looks = told.looks() + 1;
        return new Told(told.hint(), told.vulnerabilityId(), expected, looks, !shown && looks <= EARLY_LOOKS);
    }
}
