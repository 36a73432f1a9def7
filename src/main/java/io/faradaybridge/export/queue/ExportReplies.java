package io.faradaybridge.export.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.Printable;
import io.faradaybridge.export.ExportProgress;
import io.faradaybridge.tables.ItemState;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The table {@code export_reply}: who waits for which batch. A row goes after its reply was sent, in the transaction that
 * locked it, so a crash in between sends the reply again.
 */
@Component
class ExportReplies {

    private static final Logger log = LoggerFactory.getLogger(ExportReplies.class);
    private static final int MOST_CHARACTERS = 1024 * 1024;
    private static final int LONGEST_REASON = 4000;
    private static final int ONE_TURN = 100;
    /** With the pauses in between, a queue may be missing for ten minutes. */
    private static final int ATTEMPTS = 8;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ExportProgress progress;
    private final ReplySender sender;
    private final Activity activity;
    private final ObjectMapper json;

    ExportReplies(
            JdbcClient jdbc,
            TransactionOperations transaction,
            ExportProgress progress,
            ReplySender sender,
            Activity activity,
            ObjectMapper json) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.progress = progress;
        this.sender = sender;
        this.activity = activity;
        this.json = json;
    }

    /** @param batchId null: no batch was made, for the reason */
    private record Due(
            long id,
            @Nullable Long batchId,
            @Nullable String reason,
            ReplyAddress address,
            String correlationId,
            int attempts) {}

    private enum Turn {
        NOTHING_DUE,
        WENT_ON,
        BROKER_AWAY
    }

    /** In the transaction that makes the batch. */
    void expect(ReplyAddress address, String correlationId, long batchId) {
        add(address, correlationId, batchId, null);
    }

    void refuse(ReplyAddress address, String correlationId, String reason) {
        add(address, correlationId, null, Printable.of(reason, LONGEST_REASON));
    }

    private void add(ReplyAddress address, String correlationId, @Nullable Long batchId, @Nullable String reason) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.export_reply (batch_id, reason, queue, correlation, correlation_id)
            VALUES (:batch, :reason, :queue, :correlation, :id)""")
                .param("batch", batchId)
                .param("reason", reason)
                .param("queue", address.queue())
                .param("correlation", address.correlation())
                .param("id", correlationId)
                .update();
    }

    /** Sends the replies of batches that have ended. While the broker is away they wait, and no attempt is counted. */
    void sendDue() {
        Turn turn = Turn.WENT_ON;
        for (int n = 0; n < ONE_TURN && turn == Turn.WENT_ON; n++) {
            turn = Objects.requireNonNull(transaction.execute(status -> sendOne()));
        }
    }

    private Turn sendOne() {
        Optional<Due> due = next();
        if (due.isEmpty()) {
            return Turn.NOTHING_DUE;
        }
        Due reply = due.get();
        Optional<String> body = body(reply);
        if (body.isEmpty()) { // the batch was deleted meanwhile
            delete(reply);
            return Turn.WENT_ON;
        }
        try {
            Optional<String> failure = sender.send(reply.address(), body.get());
            if (failure.isEmpty()) {
                delete(reply);
            } else {
                failed(reply, failure.get());
            }
            return Turn.WENT_ON;
        } catch (JMSException away) {
            log.debug("Replies wait for the broker", away);
            // a queue that is full looks the same: the replies to others go first at the next turn
            jdbc.sql(
                            "UPDATE faraday_bridge.export_reply SET retry_at = now() + :pause * interval '1 second' WHERE id = :id")
                    .param("pause", FIRST_PAUSE.toSeconds())
                    .param("id", reply.id())
                    .update();
            return Turn.BROKER_AWAY;
        }
    }

    /** A batch has ended when none of its items moves any more without a person, nor an item that holds one of them. */
    private Optional<Due> next() {
        return jdbc.sql(ItemState.SQL.in("""
            SELECT r.* FROM faraday_bridge.export_reply r
             WHERE r.retry_at <= now() AND NOT EXISTS (
                   SELECT FROM faraday_bridge.export_item i
                     LEFT JOIN faraday_bridge.export_item h ON h.id = i.held_by
                    WHERE i.batch_id = r.batch_id AND coalesce(h.state, i.state) IN {queued})
             ORDER BY r.retry_at, r.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED"""))
                .query((row, n) -> new Due(
                        row.getLong("id"),
                        row.getObject("batch_id", Long.class),
                        row.getString("reason"),
                        new ReplyAddress(row.getString("queue"), row.getString("correlation")),
                        row.getString("correlation_id"),
                        row.getInt("attempts")))
                .optional();
    }

    private Optional<String> body(Due reply) {
        if (reply.batchId() == null) {
            return Optional.of(written(ExportReply.refused(Objects.requireNonNull(reply.reason()))));
        }
        return progress.find(reply.batchId()).map(ExportReply::of).map(whole -> {
            String all = written(whole);
            return all.length() <= MOST_CHARACTERS ? all : written(whole.withoutItems());
        });
    }

    private String written(ExportReply reply) {
        try {
            return json.writeValueAsString(reply);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A reply is not JSON", e);
        }
    }

    private void failed(Due reply, String failure) {
        if (reply.attempts() + 1 < ATTEMPTS) {
            jdbc.sql("""
                UPDATE faraday_bridge.export_reply
                   SET attempts = attempts + 1, retry_at = now() + :pause * interval '1 second' WHERE id = :id""")
                    .param("pause", FIRST_PAUSE.toSeconds() << reply.attempts())
                    .param("id", reply.id())
                    .update();
            return;
        }
        delete(reply);
        activity.record(
                Outcome.IGNORED,
                reply.correlationId(),
                null,
                null,
                "The reply to " + (reply.batchId() == null ? "a refused export" : "export " + reply.batchId())
                        + " was not sent to queue '" + reply.address().queue() + "': " + failure,
                null);
    }

    private void delete(Due reply) {
        jdbc.sql("DELETE FROM faraday_bridge.export_reply WHERE id = :id")
                .param("id", reply.id())
                .update();
    }
}
