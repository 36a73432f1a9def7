package io.faradaybridge.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.faraday.VulnerabilityIdentity;
import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.UsedValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * The issue that would be created for an item.
 *
 * @param fields in the form of Jira's creating call
 * @param problems what is wrong, by field; empty if it can be sent
 * @param used where the values came from that depend on the vulnerability
 * @param labelled whether the marker is among the labels
 * @param identity of the vulnerability, sent beside the marker; null if it was deleted meanwhile
 */
public record IssueDraft(
        ExportItem item,
        ObjectNode fields,
        Map<String, String> problems,
        List<UsedValue> used,
        boolean labelled,
        @Nullable VulnerabilityIdentity identity) {

    public IssueDraft {
        used = List.copyOf(used);
    }

    static IssueDraft impossible(ExportItem item, Map<String, String> problems) {
        return new IssueDraft(item, JsonNodeFactory.instance.objectNode(), problems, List.of(), false, null);
    }

    /** All problems as one text; empty if there are none. */
    Optional<String> refusal() {
        return IssueFields.refusal(item.issueType(), problems);
    }

    /** Which values were sent instead of others, and why; empty if none were. */
    Optional<String> remark() {
        return used.stream()
                .filter(value -> !value.why().isEmpty())
                .map(UsedValue::remark)
                .reduce((one, other) -> one + ". " + other);
    }

    /**
     * Drafts the issues of a chunk with the flow that exports them.
     *
     * @return by vulnerability
     * @throws RuntimeException the flow's failure, with its cause
     */
    public static Map<Integer, IssueDraft> byFlow(ProducerTemplate camel, ExportChunk chunk, IssueScreen screen) {
        Exchange drafted = camel.request("direct:export-draft", exchange -> {
            exchange.getMessage().setBody(chunk);
            exchange.setVariable("screen", screen);
        });
        if (drafted.getException() != null) {
            throw RuntimeCamelException.wrapRuntimeException(drafted.getException());
        }
        List<?> drafts = drafted.getMessage().getBody(List.class);
        return drafts.stream()
                .map(IssueDraft.class::cast)
                .collect(Collectors.toMap(draft -> draft.item().vulnerabilityId(), Function.identity()));
    }
}
