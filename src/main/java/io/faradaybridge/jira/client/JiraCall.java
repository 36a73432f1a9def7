package io.faradaybridge.jira.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.PercentEncoding;
import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSigner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a {@link JiraRequest} into an HTTP message, and the answer into a {@link JiraAnswer} or a {@link JiraFailure}.
 * The call is made on a copy of the caller's exchange, from which only the answer is returned.
 */
@Component
public class JiraCall implements AggregationStrategy {

    static final String CREATES = "JiraCallCreates";
    static final String ATTENDED = "JiraCallAttended";
    static final String DOUBTFUL = "JiraCallDoubtful";
    private static final int TOO_MANY_REQUESTS = 429;

    private final JiraAccount account;
    private final JiraAvailability availability;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Clock clock = Clock.systemUTC();

    JiraCall(JiraAccount account, JiraAvailability availability, ObjectMapper json, MeterRegistry metrics) {
        this.account = account;
        this.availability = availability;
        this.json = json;
        this.metrics = metrics;
    }

    /** Removes all headers of the caller, because every header of the message would be sent to Jira. */
    public void address(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
        JiraRequest request = exchange.getMessage().getMandatoryBody(JiraRequest.class);
        JiraFailure notNow = availability.refusal(request);
        if (notNow != null) {
            throw notNow;
        }
        exchange.setProperty(CREATES, request.operation() == JiraOperation.CREATE);
        exchange.setProperty(ATTENDED, request.attended());
        Message http = exchange.getMessage();
        http.removeHeaders("*");
        http.setHeader(Exchange.HTTP_METHOD, request.method());
        http.setHeader(Exchange.HTTP_URI, account.site().apiUrl() + request.path());
        if (!request.query().isEmpty()) {
            http.setHeader(Exchange.HTTP_QUERY, encodedQuery(request));
        }
        http.setHeader("Accept", "application/json");
        if (!request.operation().repeatable()) {
            http.setHeader(RequestSigner.SEND_BY, request.madeAt() + JiraRequest.SENT_WITHIN.toNanos());
        }
        if (request.body() == null) {
            http.setBody(null);
        } else {
            http.setHeader(Exchange.CONTENT_TYPE, "application/json");
            http.setBody(json.writeValueAsBytes(XmlText.of(request.body())));
        }
    }

    /** Encodes once, with {@code %20} for a space, because Jira verifies the signature of the text that it receives. */
    private static String encodedQuery(JiraRequest request) {
        return request.query().stream()
                .map(parameter -> PercentEncoding.encode(parameter.getKey()) + "="
                        + PercentEncoding.encode(XmlText.of(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    /** The outcome of a call. */
    Outcome outcome(JiraRequest request, Exchange called) {
        Exception broken = called.getException();
        if (broken instanceof NoAnswer noAnswer) {
            return new Outcome(request, null, FailureClassification.ofBrokenCall(request, noAnswer), null);
        }
        if (broken != null) {
            return new Outcome(request, null, null, broken);
        }
        HttpAnswer answer = HttpAnswer.in(called.getMessage(), json);
        return new Outcome(request, answer, FailureClassification.ofAnswer(request, answer, clock.instant()), null);
    }

    @Override
    public Exchange aggregate(Exchange caller, @Nullable Exchange call) {
        Outcome outcome = outcome(caller.getMessage().getBody(JiraRequest.class), Objects.requireNonNull(call));
        if (DoubtfulAnswer.doubts(outcome)) {
            caller.setProperty(DOUBTFUL, outcome);
            return caller;
        }
        try {
            conclude(caller, outcome);
        } catch (Exception failure) {
            caller.setException(failure);
        }
        return caller;
    }

    /** Checks an answer that may have been given to an anonymous caller, see {@link DoubtfulAnswer}. */
    public void settle(Exchange caller) throws Exception {
        Outcome doubtful = caller.getProperty(DOUBTFUL, Outcome.class);
        caller.removeProperty(DOUBTFUL);
        try (ProducerTemplate calls = caller.getContext().createProducerTemplate()) {
            conclude(
                    caller,
                    new DoubtfulAnswer(
                                    request -> outcome(request, calls.request(JiraRoutes.HTTP, call -> call.getMessage()
                                            .setBody(request))),
                                    account)
                            .settle(doubtful));
        }
    }

    private void conclude(Exchange caller, Outcome outcome) throws Exception {
        if (outcome.unknown() != null) {
            throw outcome.unknown();
        }
        JiraOperation operation = outcome.request().operation();
        count(operation, outcome.failure());
        if (outcome.failure() != null) {
            availability.failed(operation, outcome.failure());
            throw outcome.failure();
        }
        HttpAnswer answer = Objects.requireNonNull(outcome.answer());
        availability.answered(operation);
        caller.getMessage().setBody(new JiraAnswer(answer.status(), answer.json(), answer.date()));
    }

    /**
     * The outcome of a call: a failure, with its answer if there was one, or an answer, or an error that is not Jira's.
     */
    public record Outcome(
            JiraRequest request,
            @Nullable HttpAnswer answer,
            @Nullable JiraFailure failure,
            @Nullable Exception unknown) {}

    private void count(JiraOperation operation, @Nullable JiraFailure failure) {
        Counter.builder("bridge.jira.calls")
                .description("Calls of Jira by operation and result")
                .tag("operation", operation.name().toLowerCase(Locale.ROOT))
                .tag("result", result(failure))
                .register(metrics)
                .increment();
    }

    private static String result(@Nullable JiraFailure failure) {
        if (failure == null) {
            return "success";
        }
        return failure.status() == TOO_MANY_REQUESTS
                ? "limited"
                : failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
