package io.faradaybridge.jinja2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.jinja2.api.TemplateLimitException;
import io.faradaybridge.jinja2.api.TemplateRenderException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a template: its text, or else the kind of its error in the recorder's words. */
record Outcome(String text, String error) {

    static final String LIMIT = "limit";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Outcome of(String template, Map<String, ?> data) {
        return of(template, data, Environment.DEFAULT);
    }

    static Outcome of(String template, Map<String, ?> data, Environment environment) {
        try {
            return new Outcome(JinjaTemplate.parse(template, environment).render(data), null);
        } catch (TemplateSyntaxException e) {
            return new Outcome(null, "syntax");
        } catch (TemplateRenderException e) {
            return new Outcome(null, e.kind().pythonName());
        } catch (TemplateLimitException e) {
            return new Outcome(null, LIMIT);
        }
    }

    static Outcome recorded(JsonNode answer) {
        return new Outcome(
                answer.hasNonNull("text") ? answer.get("text").textValue() : null,
                answer.hasNonNull("error") ? answer.get("error").textValue() : null);
    }

    static JsonNode json(String text) throws java.io.IOException {
        return JSON.readTree(text);
    }

    static String json(Object value) throws java.io.IOException {
        return JSON.writeValueAsString(value);
    }

    /** Data from JSON, with the dates that JSON lacks. */
    static Object data(JsonNode node) {
        if (node.has("$date")) {
            String text = node.get("$date").textValue();
            return text.length() == 10
                    ? LocalDate.parse(text)
                    : text.indexOf('+') > 0 ? OffsetDateTime.parse(text) : LocalDateTime.parse(text);
        }
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().iterator().forEachRemaining(field -> map.put(field.getKey(), data(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                node.elements().forEachRemaining(item -> list.add(data(item)));
                yield list;
            }
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case STRING -> node.textValue();
            default -> null;
        };
    }

    private static Object number(JsonNode node) {
        BigInteger whole = node.isIntegralNumber() ? node.bigIntegerValue() : null;
        return whole == null
                ? (Object) node.doubleValue()
                : whole.bitLength() < 64 ? (Object) whole.longValue() : whole;
    }
}
