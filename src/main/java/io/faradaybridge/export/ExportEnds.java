package io.faradaybridge.export;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.IssueRequest;
import io.faradaybridge.activity.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Records the end of an export: a row of the activity and a counter. */
@Component
class ExportEnds {

    private final Activity activity;
    private final Counter linked;
    private final Counter notLinked;
    private final Counter refused;
    private final Counter unknown;

    ExportEnds(Activity activity, MeterRegistry metrics) {
        this.activity = activity;
        this.linked = counter("linked", metrics);
        this.notLinked = counter("not-linked", metrics);
        this.refused = counter("refused", metrics);
        this.unknown = counter("unknown", metrics);
    }

    private static Counter counter(String outcome, MeterRegistry metrics) {
        return Counter.builder("bridge.exports")
                .description("Exports that ended, by outcome")
                .tag("outcome", outcome)
                .register(metrics);
    }

    /** @param remarks what people should know of the issues, by item */
    void linked(List<ExportLinking.Created> created, Map<Long, String> remarks) {
        activity.recordAll(
                Outcome.EXPORTED,
                created.stream()
                        .map(one -> new Activity.Event(
                                new Activity.Subject(
                                        one.item().correlationId(),
                                        one.item().vulnerabilityId(),
                                        one.issue().key()),
                                "exported to " + one.item().projectKey() + " as "
                                        + one.issue().key()
                                        + remark(remarks.getOrDefault(one.item().id(), "")),
                                one.item().userId(),
                                one.request()))
                        .toList());
        linked.increment(created.size());
    }

    private static String remark(String remark) {
        return remark.isEmpty() ? "" : ". " + remark;
    }

    /** The issue exists but cannot be linked. */
    void notLinked(ExportLinking.Created created, String why) {
        String key = created.issue().key();
        String what = key + " was created but is not linked: " + why;
        record(notLinked, Outcome.EXPORTED, created.item(), key, what, created.request());
    }

    /** @param request what Jira refused; null if nothing was sent */
    void refused(ExportItem item, String why, @Nullable IssueRequest request) {
        record(refused, Outcome.REFUSED, item, null, "not exported to " + item.projectKey() + ": " + why, request);
    }

    void unknown(ExportItem item, String why) {
        record(
                unknown,
                Outcome.REFUSED,
                item,
                null,
                "the export is unknown, resolve it by saying whether the issue was created: " + why,
                null);
    }

    private void record(
            Counter counter,
            Outcome outcome,
            ExportItem item,
            @Nullable String issueKey,
            String what,
            @Nullable IssueRequest request) {
        activity.record(outcome, item.correlationId(), item.vulnerabilityId(), issueKey, what, item.userId(), request);
        counter.increment();
    }
}
