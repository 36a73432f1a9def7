package io.faradaybridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdsTest {

    @ParameterizedTest
    @CsvSource({
        "4bf92f35-77b3-4da6-a3ce-929d0e0e4736, 4bf92f3577b34da6a3ce929d0e0e4736",
        "sweep-4bf92f35-77b3-4da6-a3ce-929d0e0e4736, 4bf92f3577b34da6a3ce929d0e0e4736",
        "rule-4bf92f35-77b3-4da6-a3ce-929d0e0e4736, 4bf92f3577b34da6a3ce929d0e0e4736",
        "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7, 4bf92f3577b34da6a3ce929d0e0e4736"
    })
    void an_id_of_the_bridge_shows_its_trace(String correlation, String trace) {
        assertThat(TraceIds.of(correlation)).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan-42", "00000000-0000-0000-0000-000000000000", "4BF92F35-77B3-4DA6-A3CE-929D0E0E4736"})
    void a_program_s_own_id_has_one_trace(String correlation) {
        assertThat(TraceIds.of(correlation))
                .matches("[0-9a-f]{32}")
                .isNotEqualTo("0".repeat(32))
                .isEqualTo(TraceIds.of(correlation))
                .isNotEqualTo(TraceIds.of(correlation + "x"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 1})
    void a_share_of_the_traces_is_taken_whichever_span_asks(double share) {
        TraceShare sampler = new TraceShare(share);
        long taken = Stream.generate(() -> TraceIds.of(UUID.randomUUID().toString()))
                .limit(10_000)
                .filter(trace -> taken(sampler, trace))
                .count();

        assertThat(taken / 10_000.0).isBetween(share - 0.03, share + 0.03);
        assertThat(taken(sampler, "4bf92f3577b34da6a3ce929d0e0e4736"))
                .isEqualTo(taken(sampler, "4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    private static boolean taken(TraceShare sampler, String trace) {
        return sampler.shouldSample(Context.root(), trace, "any", SpanKind.INTERNAL, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    @ParameterizedTest
    @CsvSource({
        "/rest/api/2/issue/10001, /rest/api/2/issue/{}",
        "/rest/api/3/issue/SEC-7/transitions, /rest/api/3/issue/{}/transitions",
        "/rest/api/2/issue/bulk, /rest/api/2/issue/bulk",
        "/rest/api/2/issue/createmeta/SEC/issuetypes/10004, /rest/api/2/issue/createmeta/{}/issuetypes/{}",
        "/rest/api/2/issue/2/properties/faraday, /rest/api/2/issue/{}/properties/{}",
        "/rest/api/2/project/A%20B, /rest/api/2/project/{}",
        "/_edge/tenant_info, /_edge/tenant_info",
        "/rest/servicedeskapi/servicedesk/HELP/requesttype, /rest/servicedeskapi/servicedesk/{}/requesttype"
    })
    void a_path_of_jira_is_shown_without_what_it_names(String path, String template) {
        assertThat(PathTemplate.of(path)).isEqualTo(template);
    }

    @Test
    void only_a_traceparent_that_w3c_allows_is_read() {
        String right = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(TraceParent.read(right)).isNotNull();
        assertThat(Stream.of(
                        null,
                        "",
                        right.replace("00-", "ff-"),
                        right.toUpperCase(java.util.Locale.ROOT),
                        right.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(32)),
                        right.replace("00f067aa0ba902b7", "0".repeat(16)),
                        right + "\n"))
                .allSatisfy(wrong -> assertThat(TraceParent.read(wrong)).isNull());
    }
}
