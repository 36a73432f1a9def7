package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The value that Jira takes for a field, built anew from the plain one that Faraday stores: a name, a list of names, or
 * {@code {"parent", "child"}}. Where Jira lists what it allows, a value is one of those and goes out by its id.
 */
final class FieldValue {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter ANY_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss[.SSS]][XXX][XX]", Locale.ROOT);
    /** Jira wants the offset without a colon. */
    private static final DateTimeFormatter JIRA_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT);

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
    private static final Pattern SPAN = Pattern.compile("(?:\\d++(?:[.,]\\d++)?+\\s*+\\p{L}*+\\s*+)++");
    private static final int LONGEST_SPAN = 100;
    private static final int LONGEST_LINE = 255;
    private static final int LONGEST_NUMBER = 100;
    /** Of a double, as Jira keeps them. */
    private static final int HIGHEST_EXPONENT = 308;

    private final CreateMetaField field;
    private final boolean cloud;

    private FieldValue(CreateMetaField field, boolean cloud) {
        this.field = field;
        this.cloud = cloud;
    }

    /** @throws NotAccepted saying in words what Jira would take instead */
    static JsonNode of(CreateMetaField field, JsonNode stored, boolean cloud) throws NotAccepted {
        FieldValue value = new FieldValue(field, cloud);
        if (BareReference.is(field)) {
            return BareReference.of(field, stored);
        }
        return switch (field.type()) {
            case "array" -> value.list(stored);
            case "option-with-child" -> value.cascade(stored);
            case "timetracking" -> timeTracking(stored);
            default -> value.single(field.type(), stored);
        };
    }

    private JsonNode list(JsonNode stored) throws NotAccepted {
        if (FieldSupport.isAppsOwnArray(field)) {
            return stored;
        }
        ArrayNode list = JSON.arrayNode();
        List<String> refused = new ArrayList<>();
        for (JsonNode element : stored.isArray() ? stored : JSON.arrayNode().add(stored)) {
            try {
                list.add(
                        field.items().equals("string")
                                ? TextNode.valueOf(label(text(element)))
                                : single(field.items(), element));
            } catch (NotAccepted e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        if (!refused.isEmpty()) {
            throw new NotAccepted(String.join("; ", refused));
        }
        return list;
    }

    private String label(String text) throws NotAccepted {
        boolean labels = field.system().equals("labels") || field.custom().endsWith(":labels");
        if (labels && (text.isEmpty() || text.length() > LONGEST_LINE)) {
            throw new NotAccepted("a label has 1 to " + LONGEST_LINE + " characters");
        }
        if (labels && text.chars().anyMatch(Character::isWhitespace)) {
            throw new NotAccepted("'" + text + "' holds a blank, which Jira does not take in a label");
        }
        return text;
    }

    private JsonNode single(String type, JsonNode stored) throws NotAccepted {
        return switch (type) {
            case "string" -> TextNode.valueOf(line(text(stored)));
            case "number" -> number(text(stored));
            case "date" -> date(text(stored));
            case "datetime" -> time(text(stored));
            case "option" -> reference("value", stored);
            case "priority", "resolution", "issuetype", "securitylevel", "version", "component", "group" ->
                reference("name", stored);
            case "user" -> reference(cloud ? "accountId" : "name", stored);
            case "project" -> reference("key", stored);
            case "issuelink" -> reference(NUMBER.matcher(text(stored)).matches() ? "id" : "key", stored);
            // "any" and what apps bring: only they know the form, so it goes out as it was stored
            default ->
                field.allowedValues().isEmpty() || stored.isContainerNode() ? stored : reference("value", stored);
        };
    }

    private ObjectNode reference(String nameKey, JsonNode stored) throws NotAccepted {
        return reference(nameKey, stored, field.allowedValues(), nothingOffered());
    }

    private boolean nothingOffered() {
        return field.listed() && field.allowedValues().isEmpty();
    }

    /** @param none Jira said that it has no value to offer */
    private static ObjectNode reference(String nameKey, JsonNode stored, List<JsonNode> allowed, boolean none)
            throws NotAccepted {
        String text = text(stored);
        if (none) {
            throw new NotAccepted("'" + text + "' is not allowed; Jira offers nothing to choose from");
        }
        if (!allowed.isEmpty()) {
            AllowedValues values = new AllowedValues(allowed);
            JsonNode found = values.find(text)
                    .orElseThrow(() -> new NotAccepted("'" + text + "' is not allowed; allowed are " + values));
            // An app's option may have a number for an id, and then takes nothing but a number
            return found.hasNonNull("id")
                    ? JSON.objectNode().set("id", found.path("id"))
                    : JSON.objectNode().put(nameKey, AllowedValues.name(found));
        }
        return stored instanceof ObjectNode object && !object.has("self")
                ? object
                : JSON.objectNode().put(nameKey, text);
    }

    /** The two levels, in the forms they were ever stored in. */
    record Cascade(JsonNode parent, JsonNode child) {

        static Cascade of(JsonNode stored) {
            if (stored.isObject()) {
                return new Cascade(
                        stored.has("parent")
                                ? stored.path("parent")
                                : ((ObjectNode) stored.deepCopy()).without("child"),
                        stored.path("child"));
            }
            return stored.isArray()
                    ? new Cascade(stored.path(0), stored.path(1))
                    : new Cascade(stored, MissingNode.getInstance());
        }

        boolean hasChild() {
            return !child.isMissingNode()
                    && !child.isNull()
                    && !(child.isTextual() && child.asText().isBlank());
        }
    }

    private JsonNode cascade(JsonNode stored) throws NotAccepted {
        Cascade cascade = Cascade.of(stored);
        ObjectNode chosen = reference("value", cascade.parent());
        if (!cascade.hasChild()) {
            return chosen;
        }
        List<JsonNode> children = List.of();
        if (!field.allowedValues().isEmpty()) {
            String parent = text(cascade.parent());
            children = AllowedValues.children(
                    new AllowedValues(field.allowedValues()).find(parent).orElseThrow());
            if (children.isEmpty()) {
                throw new NotAccepted(
                        "'" + parent + "' has no second level, so not '" + text(cascade.child()) + "' either");
            }
        }
        return chosen.set("child", reference("value", cascade.child(), children, false));
    }

    /** Of texts only those have a form that Jira checks. */
    private String line(String text) throws NotAccepted {
        if (field.custom().endsWith(":textfield") && (text.length() > LONGEST_LINE || text.contains("\n"))) {
            throw new NotAccepted("it is longer than one line of " + LONGEST_LINE + " characters");
        }
        if (text.length() > IssueText.DESCRIPTION) {
            throw new NotAccepted("it is longer than " + IssueText.DESCRIPTION + " characters");
        }
        if (field.custom().endsWith(":url") && !URL.matcher(text).matches()) {
            throw new NotAccepted("'" + text + "' is not a URL; write it as https://example.org/page");
        }
        return text;
    }

    private static JsonNode timeTracking(JsonNode stored) throws NotAccepted {
        ObjectNode spans =
                stored instanceof ObjectNode object ? object : JSON.objectNode().put("originalEstimate", text(stored));
        for (JsonNode span : spans) {
            String text = span.asText("").strip();
            if (text.length() > LONGEST_SPAN) {
                throw new NotAccepted("a span of time has at most " + LONGEST_SPAN + " characters; write it as 2d 4h");
            }
            if (!SPAN.matcher(text).matches()) {
                throw new NotAccepted("'" + text + "' is not a span of time; write it as 2d 4h");
            }
        }
        return spans;
    }

    private static JsonNode number(String text) throws NotAccepted {
        if (text.length() > LONGEST_NUMBER) {
            throw new NotAccepted("it is longer than a number of " + LONGEST_NUMBER + " digits");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > HIGHEST_EXPONENT) {
                throw new NotAccepted("'" + text + "' is beyond Jira's numbers");
            }
            return DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            throw new NotAccepted("'" + text + "' is not a number");
        }
    }

    private static JsonNode date(String text) throws NotAccepted {
        try {
            return TextNode.valueOf(LocalDate.parse(text).toString());
        } catch (DateTimeException e) {
            throw new NotAccepted("'" + text + "' is not a date; write it as 2026-11-22");
        }
    }

    /** Without an offset a time is UTC, as everywhere in Faraday. */
    private static JsonNode time(String text) throws NotAccepted {
        try {
            TemporalAccessor time = ANY_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return TextNode.valueOf(
                    JIRA_TIME.format(time instanceof LocalDateTime local ? local.atOffset(ZoneOffset.UTC) : time));
        } catch (DateTimeException e) {
            throw new NotAccepted("'" + text + "' is not a time; write it as 2026-11-22T14:39:00Z");
        }
    }

    /** The plain value, also out of the object that Faraday stored before 2022. */
    static String text(JsonNode stored) throws NotAccepted {
        JsonNode plain = stored;
        if (stored.isObject()) {
            plain = AllowedValues.naming(stored);
        }
        if (!plain.isValueNode() || plain.isNull()) {
            throw new NotAccepted("its stored value " + stored + " cannot be read; configure it again");
        }
        return plain.asText().strip();
    }

    /** Jira would refuse the value. */
    static final class NotAccepted extends Exception {
        NotAccepted(String message) {
            super(message);
        }
    }
}
