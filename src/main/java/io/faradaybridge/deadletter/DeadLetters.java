package io.faradaybridge.deadletter;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.ActivitySettings;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.activity.Printable;
import io.faradaybridge.broker.QueueHeaders;
import io.faradaybridge.broker.Queues;
import io.faradaybridge.broker.RefusedBody;
import io.faradaybridge.broker.UnusableMessage;
import io.faradaybridge.deadletter.DeadLetter.Answer;
import io.faradaybridge.deadletter.DeadLetter.State;
import io.faradaybridge.deadletter.DeadLetterTable.Moved;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The dead letters: the error policy writes them; users view, replay and discard them. */
@Component("deadLetters")
public class DeadLetters {

    static final int MAX_LIMIT = 200;

    private static final int SENT_TOGETHER = 10;

    private static final Set<String> WAYS_BACK = Set.of(Queues.VULN_STATUS, Queues.VULN_EXPORT);

    private final DeadLetterTable table;
    private final Activity activity;
    private final TransactionOperations transaction;
    private final CamelContext camel;
    private final ActivitySettings settings;

    DeadLetters(
            DeadLetterTable table,
            Activity activity,
            TransactionOperations transaction,
            CamelContext camel,
            ActivitySettings settings) {
        this.table = table;
        this.activity = activity;
        this.transaction = transaction;
        this.camel = camel;
        this.settings = settings;
    }

    /**
     * Turns a failed exchange into a dead letter: sets the headers that {@code jms:queue:dead-letter} needs and the
     * body that the route began with.
     */
    public void letter(Exchange exchange) {
        Message original = original(exchange);
        String correlation = exchange.getMessage().getHeader(QueueHeaders.CORRELATION, String.class);
        Message letter = exchange.getMessage();
        Object body = body(original);
        Map<String, String> kept = QueueHeaders.kept(original);
        String messageId = original.getHeader("JMSMessageID", String.class);
        int attempts = original.getHeader(QueueHeaders.DELIVERIES, 1, Integer.class);

        letter.removeHeaders("*");
        letter.setBody(body);
        letter.setHeader(
                QueueHeaders.CORRELATION, correlation == null ? QueueHeaders.correlation(original) : correlation);
        letter.setHeader(QueueHeaders.ORIGIN, origin(exchange.getFromEndpoint()));
        letter.setHeader(QueueHeaders.ROUTE, exchange.getFromRouteId());
        letter.setHeader(QueueHeaders.CAUSE, cause(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        letter.setHeader(QueueHeaders.ATTEMPTS, attempts);
        letter.setHeader(QueueHeaders.ORIGINAL_MESSAGE_ID, messageId);
        letter.setHeader(QueueHeaders.ORIGINAL_HEADERS, Json.written(kept));
    }

    /**
     * Newest first, each with the beginning of its body.
     *
     * @param state null for all states
     * @param before the smallest id of the previous page, only smaller ids are shown; null for the first page
     * @param limit at most {@link #MAX_LIMIT}
     * @param reach what the reader may see
     */
    public List<DeadLetter> list(@Nullable State state, @Nullable Long before, int limit, Visibility reach) {
        return table.list(state, before, Math.max(1, Math.min(limit, MAX_LIMIT)), reach);
    }

    /** Whether there is such a dead letter and the reader may see it. */
    boolean within(Visibility reach, long id) {
        return table.within(reach, id);
    }

    /** A dead letter with its whole body. */
    public Optional<DeadLetter> find(long id) {
        return table.find(id);
    }

    /** The original bytes of the body of a dead letter that {@link #find} returned. */
    byte[] body(long id) {
        return table.body(id);
    }

    /**
     * Sends the original body to its queue again, once: while it is sent its row is locked, so that of two users one sends it. If
     * the process dies after that and before the row is committed, the letter waits and can be sent again: whoever works on
     * these queues takes a second message for one.
     *
     * @param who the user, for the record
     * @throws IllegalStateException if the queue did not take it; the dead letter then waits as before
     */
    public Answer replay(long id, String who) {
        Optional<DeadLetter> found = table.find(id);
        if (found.isEmpty()) {
            return Answer.UNKNOWN;
        }
        if (!WAYS_BACK.contains(found.get().origin())) {
            return Answer.NO_WAY_BACK;
        }
        return replayAll(List.of(id), who) == 1 ? Answer.DONE : Answer.NOT_WAITING;
    }

    /**
     * Like {@link #replay}, for many, a few in a transaction.
     *
     * @return how many this call sent
     * @throws IllegalStateException if the queue did not take one; those of its transaction and those after them then wait as before
     */
    int replayAll(List<Long> ids, String who) {
        int sent = 0;
        for (int from = 0; from < ids.size(); from += SENT_TOGETHER) {
            List<Long> few = ids.subList(from, Math.min(from + SENT_TOGETHER, ids.size()));
            sent += Objects.requireNonNull(transaction.execute(status -> {
                List<Moved> moved = moveAll(few, State.REPLAYED, who, Outcome.REPLAYED);
                send(moved);
                return moved.size();
            }));
        }
        return sent;
    }

    /** @return how many this call discarded */
    int discardAll(Collection<Long> ids, String who) {
        return moveAll(ids, State.DISCARDED, who, Outcome.DISCARDED).size();
    }

    /** Whether letters from there can be sent again. */
    static boolean hasWayBack(String origin) {
        return WAYS_BACK.contains(origin);
    }

    private void send(List<Moved> letters) {
        try (var producer = camel.createProducerTemplate()) {
            for (Moved letter : letters) {
                byte[] body = table.body(letter.id());
                Object sent = letter.text() ? new String(body, StandardCharsets.UTF_8) : body;
                // by another thread, since in this one it would be sent only after the commit
                Exchange answer = producer.asyncSend("jms:queue:" + letter.origin(), message -> {
                            message.getMessage().setBody(sent);
                            message.getMessage().setHeader(QueueHeaders.CORRELATION, letter.correlationId());
                        })
                        .join();
                if (answer.getException() != null) {
                    throw new IllegalStateException(
                            "Dead letter " + letter.id() + " could not be put back on " + letter.origin()
                                    + " and waits as before: check that the broker is running, then replay it again",
                            answer.getException());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Moved> moveAll(Collection<Long> ids, State to, String who, Outcome outcome) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<Moved> moved = table.moveAll(ids, to, who);
            activity.recordAll(
                    outcome,
                    moved.stream()
                            .map(letter -> new Activity.Event(
                                    new Activity.Subject(letter.correlationId(), null, null),
                                    detail(letter.id(), letter.origin(), to, who),
                                    null,
                                    null))
                            .toList());
            return moved;
        }));
    }

    private static String detail(long id, String origin, State to, String who) {
        return "Dead letter " + id + " of " + origin + ": " + to.column() + " by " + who;
    }

    /** Sets a dead letter to discarded. It is kept until {@code bridge.activity.keep} is over. */
    public Answer discard(long id, String who) {
        if (table.find(id).isEmpty()) {
            return Answer.UNKNOWN;
        }
        return discardAll(List.of(id), who) == 1 ? Answer.DONE : Answer.NOT_WAITING;
    }

    /** Deletes dead letters that were replayed or discarded longer ago than {@code bridge.activity.keep}. */
    public void purge() {
        table.purge(settings.keep().toSeconds());
    }

    /** The message that the route began with, because a replay must send this one again. */
    private static Message original(Exchange exchange) {
        Message original = exchange.getContext().isAllowUseOriginalMessage()
                ? exchange.getUnitOfWork().getOriginalInMessage()
                : null;
        return original == null ? exchange.getMessage() : original;
    }

    private static Object body(Message original) {
        Object body = original.getBody();
        if (body instanceof RefusedBody refused) {
            return refused.raw();
        }
        return body instanceof byte[] ? body : body == null ? "" : String.valueOf(body);
    }

    private static String origin(@Nullable Endpoint from) {
        if (from instanceof JmsEndpoint jms) {
            return jms.getDestinationName();
        }
        return from == null ? "unknown" : from.getEndpointBaseUri();
    }

    private static String cause(@Nullable Throwable failure) {
        if (failure == null) {
            return "No cause was given.";
        }
        String message = Printable.of(failure.getMessage(), 2000);
        return failure instanceof UnusableMessage ? message : failure.getClass().getSimpleName() + ": " + message;
    }
}
