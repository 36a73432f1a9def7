package io.faradaybridge.export;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Accepts the export of a message in the name of the configured Faraday user, with that user's permissions. */
@Component
class ExportIngress {

    private final RequestRecords records;
    private final ExportReservation reservation;
    private final ExportAccount account;
    private final Activity activity;

    ExportIngress(RequestRecords records, ExportReservation reservation, ExportAccount account, Activity activity) {
        this.records = records;
        this.reservation = reservation;
        this.account = account;
        this.activity = activity;
    }

    /** @throws UnusableMessage if no part of it can be exported; it becomes a dead letter and can be replayed */
    long accept(QueueMessage message) {
        FaradayUser user =
                account.orElseThrow("Exports from the queue", reason -> new UnusableMessage(reason + ", then replay."));
        Set<String> others = records.unknown(message.json(), ExportRequest.class);
        if (!others.isEmpty()) {
            activity.recordHourly(
                    Outcome.IGNORED,
                    message.correlationId(),
                    "messages of vuln-export hold unknown keys, which are ignored: ",
                    String.join(", ", others));
        }
        try {
            return reservation.reserve(
                    records.read(message.json(), ExportRequest.class), user, ExportReservation.QUEUE);
        } catch (InvalidRequest refused) {
            throw new UnusableMessage("The export was refused: " + refused.text() + ".");
        }
    }
}
