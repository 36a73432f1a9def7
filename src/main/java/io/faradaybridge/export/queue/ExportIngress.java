package io.faradaybridge.export.queue;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.broker.QueueMessage;
import io.faradaybridge.broker.QueueMessages;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.export.ExportAccount;
import io.faradaybridge.export.ExportRequest;
import io.faradaybridge.export.ExportReservation;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.CorrelationId;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import java.util.Set;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Accepts the export of a message in the name of the configured Faraday user, with that user's permissions. */
@Component
class ExportIngress {

    private final QueueMessages messages;
    private final RequestRecords records;
    private final ExportReservation reservation;
    private final ExportAccount account;
    private final ReplyAddresses addresses;
    private final ExportReplies replies;
    private final Activity activity;
    private final TransactionOperations transaction;

    ExportIngress(
            QueueMessages messages,
            RequestRecords records,
            ExportReservation reservation,
            ExportAccount account,
            ReplyAddresses addresses,
            ExportReplies replies,
            Activity activity,
            TransactionOperations transaction) {
        this.messages = messages;
        this.records = records;
        this.reservation = reservation;
        this.account = account;
        this.addresses = addresses;
        this.replies = replies;
        this.activity = activity;
        this.transaction = transaction;
    }

    /**
     * Makes the batch of the message. A program that waits for a reply gets it when the batch ends, or at once if there is
     * none.
     *
     * @throws UnusableMessage if no part of it can be exported; it becomes a dead letter and can be replayed
     */
    void accept(Exchange exchange) {
        try {
            QueueMessage message = messages.read(exchange);
            exchange.getMessage().setHeader(Exchange.BREADCRUMB_ID, message.correlationId());
            CorrelationId.become(message.correlationId());
            reserve(message, exchange);
        } catch (UnusableMessage unusable) {
            addresses
                    .of(exchange.getMessage())
                    .ifPresent(address -> replies.refuse(
                            address,
                            exchange.getMessage().getHeader(QueueHeaders.CORRELATION, String.class),
                            String.valueOf(unusable.getMessage())));
            throw unusable;
        }
    }

    private void reserve(QueueMessage message, Exchange exchange) {
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
            ExportRequest request = records.read(message.json(), ExportRequest.class);
            transaction.executeWithoutResult(status -> {
                long batch = reservation.reserveForQueue(request, user);
                addresses
                        .of(exchange.getMessage())
                        .ifPresent(address -> replies.expect(address, message.correlationId(), batch));
            });
        } catch (InvalidRequest refused) {
            throw new UnusableMessage("The export was refused: " + refused.text() + ".");
        }
    }
}
