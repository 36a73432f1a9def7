package io.faradaybridge.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a {@link JiraRequest} into an HTTP message and the answer into a {@link JiraAnswer} or a {@link JiraFailure}. The call
 * is made on a copy of the caller's exchange, of which only the answer comes back.
 */
@Component
class JiraCall implements AggregationStrategy {

    static final String CREATES = "JiraCallCreates";
    static final String ATTENDED = "JiraCallAttended";

    private final JiraAccount account;
    private final JiraAvailability availability;
    private final ObjectMapper json;
    private final Clock clock = Clock.systemUTC();

    JiraCall(JiraAccount account, JiraAvailability availability, ObjectMapper json) {
        this.account = account;
        this.availability = availability;
        this.json = json;
    }

    /** Leaves nothing of the caller's headers: whatever is in the message goes out to Jira. */
    public void address(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
        JiraRequest request = exchange.getMessage().getMandatoryBody(JiraRequest.class);
        exchange.setProperty(CREATES, request.operation() == JiraOperation.CREATE);
        exchange.setProperty(ATTENDED, request.attended());
        Message http = exchange.getMessage();
        http.removeHeaders("*");
        http.setHeader(Exchange.HTTP_METHOD, request.method());
        http.setHeader(Exchange.HTTP_URI, account.site().baseUrl() + request.path());
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

    /** One percent-encoding, and a space is {@code %20}: what Jira verifies is the text on the wire. */
    private static String encodedQuery(JiraRequest request) {
        return request.query().stream()
                .map(parameter -> PercentEncoding.encode(parameter.getKey()) + "="
                        + PercentEncoding.encode(XmlText.of(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    @Override
    public Exchange aggregate(Exchange caller, @Nullable Exchange call) {
        JiraRequest request = caller.getMessage().getBody(JiraRequest.class);
        Exchange called = Objects.requireNonNull(call);
        Exception broken = called.getException();
        if (broken instanceof CallBroken noAnswer) {
            fail(caller, FailureClassification.ofBrokenCall(request, noAnswer));
        } else if (broken != null) {
            caller.setException(broken);
        } else {
            HttpAnswer answer = HttpAnswer.in(called.getMessage(), json);
            JiraFailure failure = FailureClassification.ofAnswer(request, answer, clock.instant());
            if (failure == null) {
                availability.answered();
                caller.getMessage().setBody(new JiraAnswer(answer.status(), answer.json(), answer.date()));
            } else {
                fail(caller, failure);
            }
        }
        return caller;
    }

    private void fail(Exchange caller, JiraFailure failure) {
        availability.failed(failure);
        caller.setException(failure);
    }
}
