package io.faradaybridge.link;

import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of a link's work as the flows call them: each takes the work from the exchange's variable {@code work} and leaves
 * its result there, where the next step and the error policy find it. What a step does is {@link Reconciliation}'s,
 * {@link JiraDrive}'s and {@link LinkFailures}'.
 */
@Component("linkFlow")
public class LinkFlow {

    private static final String WORK = "work";
    private static final String ANSWER = "answer";

    private final Reconciliation reconciliation;
    private final JiraDrive drive;
    private final LinkFailures failures;

    LinkFlow(Reconciliation reconciliation, JiraDrive drive, LinkFailures failures) {
        this.reconciliation = reconciliation;
        this.drive = drive;
        this.failures = failures;
    }

    /**
     * @param exchange its body is a hint, or work that the detector leased; without a variable afterwards there is
     * nothing to do; the lines of the log name the work's correlation id from here on
     */
    public void lease(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        LinkWork work = body instanceof LinkWork leased
                ? reconciliation.lease(leased)
                : reconciliation.lease((LinkHint) Objects.requireNonNull(body, "the body holds no hint"));
        exchange.setVariable(WORK, work);
        if (work != null) {
            exchange.getMessage().setHeader(Exchange.BREADCRUMB_ID, work.correlationId());
        }
    }

    /** Work that was looked at together with other work is not looked at again. */
    public void lookAtFaraday(Exchange exchange) {
        step(exchange, work -> work.looked() ? work : reconciliation.lookAtFaraday(work));
    }

    public void lookAtJira(Exchange exchange) {
        step(exchange, work -> reconciliation.lookAtJira(work, answer(exchange)));
    }

    public void decide(Exchange exchange) {
        step(exchange, reconciliation::decide);
    }

    public void settle(Exchange exchange) {
        step(exchange, reconciliation::settle);
    }

    public void applyToFaraday(Exchange exchange) {
        step(exchange, reconciliation::applyToFaraday);
    }

    public void planFromCache(Exchange exchange) {
        step(exchange, drive::planFromCache);
    }

    public void plan(Exchange exchange) {
        step(exchange, work -> drive.plan(work, answer(exchange)));
    }

    public void intend(Exchange exchange) {
        step(exchange, drive::intend);
    }

    public void driven(Exchange exchange) {
        step(exchange, work -> drive.driven(work, answer(exchange)));
    }

    public void postpone(Exchange exchange) {
        step(exchange, work -> failures.postpone(work, jirasFailure(exchange)));
    }

    public void refused(Exchange exchange) {
        step(exchange, work -> failures.refused(work, jirasFailure(exchange)));
    }

    /** Also for a link that was not leased yet. */
    public void unexpected(Exchange exchange) {
        exchange.setVariable(WORK, failures.unexpected(work(exchange), caught(exchange)));
    }

    private static void step(Exchange exchange, UnaryOperator<LinkWork> step) {
        exchange.setVariable(
                WORK,
                step.apply(Objects.requireNonNull(
                        work(exchange), "the variable 'work' holds no link: linkFlow.lease comes before this step")));
    }

    private static @Nullable LinkWork work(Exchange exchange) {
        return exchange.getVariable(WORK, LinkWork.class);
    }

    private static JiraAnswer answer(Exchange exchange) {
        return Objects.requireNonNull(
                exchange.getVariable(ANSWER, JiraAnswer.class),
                "the variable 'answer' holds no answer of Jira: direct:jira-send comes before this step");
    }

    private static JiraFailure jirasFailure(Exchange exchange) {
        return Objects.requireNonNull(ObjectHelper.getException(JiraFailure.class, caught(exchange)));
    }

    private static Exception caught(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
