package io.faradaybridge.jira.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jira.JiraAccount;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.PercentEncoding;
import io.faradaybridge.jira.SentRequest;
import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.jira.failures.FailureClassification;
import io.faradaybridge.jira.http.HttpAnswer;
import io.faradaybridge.jira.http.NoAnswer;
import io.faradaybridge.jira.http.RequestSigner;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns a {@link JiraRequest} into an HTTP message, and the answer into a {@link JiraAnswer} or a {@link JiraFailure}.
 * The call is made on a copy of the caller's exchange, from which only the answer is returned.
 */
@Component
public class JiraCall implements AggregationStrategy {

    /** The call takes long: a creation, or a file. */
    static final String CREATES = "JiraCallCreates";

    static final String ATTENDED = "JiraCallAttended";
    static final String DOUBTFUL = "JiraCallDoubtful";
    private static final String BEGAN = "JiraCallBegan";
    private static final Set<JiraOperation> LONG = EnumSet.of(JiraOperation.CREATE, JiraOperation.ATTACH);
    private static final Logger log = LoggerFactory.getLogger(JiraCall.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final JiraAccount account;
    private final JiraAvailability availability;
    private final ObjectMapper json;
    private final CallMetrics metrics;
    private final CallTimes times;
    private final Clock clock = Clock.systemUTC();

    JiraCall(
            JiraAccount account,
            JiraAvailability availability,
            ObjectMapper json,
            CallMetrics metrics,
            CallTimes times) {
        this.account = account;
        this.availability = availability;
        this.json = json;
        this.metrics = metrics;
        this.times = times;
    }

    /** Removes all headers of the caller, because every header of the message would be sent to Jira. */
    public void address(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
        JiraRequest request = exchange.getMessage().getMandatoryBody(JiraRequest.class);
        JiraFailure notNow = availability.refusal(request);
        if (notNow != null) {
            throw notNow;
        }
        exchange.setProperty(CREATES, LONG.contains(request.operation()));
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
        if (request.file() != null) {
            String boundary = "faraday-bridge-" + UUID.randomUUID();
            http.setHeader("X-Atlassian-Token", "no-check"); // without it Jira takes the call for a forged one
            http.setHeader(Exchange.CONTENT_TYPE, "multipart/form-data; boundary=" + boundary);
            http.setBody(request.file().form(boundary));
        } else if (request.body() == null) {
            http.setBody(null);
        } else {
            http.setHeader(Exchange.CONTENT_TYPE, "application/json");
            http.setBody(json.writeValueAsBytes(XmlText.of(request.body())));
        }
        exchange.setProperty(BEGAN, System.nanoTime());
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
            JiraFailure failure = FailureClassification.ofBrokenCall(request, noAnswer);
            time(request, called, failure, false);
            return new Outcome(request, null, failure, null);
        }
        if (broken != null) {
            return new Outcome(request, null, null, broken);
        }
        HttpAnswer answer = HttpAnswer.in(called.getMessage(), json);
        JiraFailure failure = FailureClassification.ofAnswer(request, answer, clock.instant());
        time(request, called, failure, answer.status() == TOO_MANY_REQUESTS);
        return new Outcome(request, answer, failure, null);
    }

    private void time(JiraRequest request, Exchange called, @Nullable JiraFailure failure, boolean limited) {
        Long began = called.getProperty(BEGAN, Long.class);
        if (began != null) {
            long nanos = System.nanoTime() - began;
            times.ended(nanos, limited);
            metrics.answered(request.operation(), failure, nanos);
            log.debug(
                    "{} {} {} after {} ms",
                    request.method(),
                    request.path(),
                    failure == null ? "succeeded" : "failed",
                    TimeUnit.NANOSECONDS.toMillis(nanos));
        }
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
        metrics.ended(operation, outcome.failure());
        if (outcome.failure() != null) {
            availability.failed(operation, outcome.failure());
            throw outcome.failure().of(SentRequest.ended(outcome.request()));
        }
        HttpAnswer answer = Objects.requireNonNull(outcome.answer());
        availability.answered(operation);
        caller.getMessage()
                .setBody(new JiraAnswer(
                        answer.status(), answer.json(), answer.date(), SentRequest.ended(outcome.request())));
    }

    /**
     * The outcome of a call: a failure, with its answer if there was one, or an answer, or an error that is not Jira's.
     */
    public record Outcome(
            JiraRequest request,
            @Nullable HttpAnswer answer,
            @Nullable JiraFailure failure,
            @Nullable Exception unknown) {}
}
