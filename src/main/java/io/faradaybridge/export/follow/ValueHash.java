package io.faradaybridge.export.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.tables.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash of a field's value. Jira shows more of a value than it takes ({@code {"id": "2", "name": "High", "self": ..}} for
 * {@code {"id": "2"}}), the elements of lists in an order of its own, and texts without blanks at their end.
 */
final class ValueHash {

    private ValueHash() {}

    /** Of a value in the form of a call. */
    static String of(JsonNode sent) {
        return of(sent, sent);
    }

    /** @param shown a value as Jira shows it @param form a value in the form of a call: what else is shown does not count */
    static String of(JsonNode shown, JsonNode form) {
        return Sha256.hex(text(shown, form), 16);
    }

    private static String text(JsonNode shown, JsonNode form) {
        if (shown.isMissingNode() || shown.isNull() || (shown.isArray() && shown.isEmpty())) {
            return "";
        }
        if (shown.isArray()) {
            List<String> elements = new ArrayList<>();
            JsonNode formOfElements = form.isArray() && !form.isEmpty() ? form.get(0) : MissingNode.getInstance();
            shown.forEach(element -> elements.add(text(element, formOfElements)));
            elements.sort(null);
            return elements.toString();
        }
        if (shown.isObject()) {
            Map<String, String> parts = new TreeMap<>();
            shown.properties().forEach(part -> {
                if (!form.isObject() || form.has(part.getKey())) {
                    parts.put(part.getKey(), text(part.getValue(), form.path(part.getKey())));
                }
            });
            return parts.toString();
        }
        return shown.isNumber()
                ? shown.decimalValue().stripTrailingZeros().toPlainString()
                : shown.asText().replace("\r\n", "\n").stripTrailing();
    }
}
