package io.faradaybridge.export;

import io.faradaybridge.BridgeSettings;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Accepts the export of a message in the name of the configured Faraday user, with that user's permissions. */
@Component
class ExportIngress {

    private final RequestRecords records;
    private final ExportReservation reservation;
    private final FaradayUsers users;
    private final Activity activity;
    private final String username;

    ExportIngress(
            RequestRecords records,
            ExportReservation reservation,
            FaradayUsers users,
            Activity activity,
            BridgeSettings settings) {
        this.records = records;
        this.reservation = reservation;
        this.users = users;
        this.activity = activity;
        this.username = settings.faraday().username();
    }

    /** @throws UnusableMessage if no part of it can be exported; it becomes a dead letter and can be replayed */
    long accept(QueueMessage message) {
        FaradayUser user = users.byUsername(username)
                .filter(FaradayUser::active)
                .orElseThrow(() -> new UnusableMessage("Exports from the queue run as the Faraday user '" + username
                        + "' (bridge.faraday.username), who is not an active user: correct it, then replay."));
        if (!users.permissions(user.id()).containsAll(List.of("jira:create", "vulnerabilities:update"))) {
            throw new UnusableMessage("The Faraday user '" + username
                    + "' (bridge.faraday.username) may not export: the role needs jira:create and"
                    + " vulnerabilities:update. Correct it, then replay.");
        }
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
