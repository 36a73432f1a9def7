package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of Jira fields: how create metadata describes one, in which form its values are stored and sent, and whether
 * the bridge supports it. A new kind is one constant here and a row of {@code FieldTypeTest}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum FieldType {
    LABEL("array (.*:)?labels", Lists.SUPPORTED, FieldForm.text(FieldText::label, FieldText::asLabel)),
    TEXT_LINE("string .*:textfield", FieldForm.text(FieldText::line, IssueText::summary)),
    URL("string .*:url", FieldForm.text(FieldText::url)),
    // a sprint is described as an array but is set as one number
    SPRINT(
            ".*:gh-sprint",
            Lists.SUPPORTED,
            new BareId(
                    "sprint",
                    "\\d{1,18}",
                    "a sprint is given by its name or its number, as in its board's address",
                    LookUp.SEARCHED,
                    FieldText::wholeNumber)),
    // a team is described as a team, an object or "any" but is set as its id
    TEAM(
            "team .*|.*:(atlassian-team|rm-teams.*)",
            Lists.SUPPORTED,
            new BareId(
                    "team",
                    "\\d{1,18}|[0-9a-f]{8}-[0-9a-f-]{4,80}",
                    "a team is given by its name or its id, the last part of its page's address",
                    LookUp.SEARCHED,
                    TextNode::valueOf)),
    // described as "any" but set as the key of an issue
    EPIC(".*:(gh-epic-link|jpo-custom-field-parent)", new EpicKey()),
    REQUEST_TYPE(
            "sd-customerrequesttype|.*:vp-origin",
            new BareId(
                    "request type",
                    "[^/\\s]+/[^/\\s]+", // as Data Center knows it: portal and key
                    "a request type is given by its name or its number",
                    LookUp.REQUEST_TYPE,
                    TextNode::valueOf)),
    STRING("string", Lists.SUPPORTED, FieldForm.text(FieldText::paragraphs, IssueText::description)),
    NUMBER("number", FieldForm.plain(FieldText::number)),
    DATE("date", FieldForm.plain(FieldText::date, FieldText::asDate)),
    DATE_TIME("datetime", FieldForm.plain(FieldText::time, FieldText::asTime)),
    TIME_TRACKING("timetracking", (stored, field, cloud) -> FieldText.timeTracking(stored)),
    OPTION("option", Lists.SUPPORTED, Reference.OPTION),
    CASCADE("option-with-child", new Cascade()),
    PRIORITY("priority", Reference.NAMED),
    RESOLUTION("resolution", Reference.NAMED),
    SECURITY_LEVEL("securitylevel", Reference.NAMED),
    VERSION("version", Lists.SUPPORTED, Reference.NAMED),
    COMPONENT("component", Lists.SUPPORTED, Reference.NAMED),
    GROUP("group", Lists.SUPPORTED, new Reference(LookUp.GROUP)),
    USER("user", Lists.SUPPORTED, new Reference(LookUp.USER)),
    PROJECT("project", new Reference(LookUp.PROJECT)),
    ISSUE("issuelink", new Reference(LookUp.ISSUE)),
    ANY("any", new AppValue()),
    ATTACHMENT("attachment", "files are not a part of a field's value"),
    ISSUE_LINKS("issuelinks", "links between issues are made after the issue"),
    COMMENT("comment|comments-page", "comments are made after the issue"),
    WORKLOG("worklog", "work is logged after the issue is created"),
    SET_BY_JIRA("watches|votes|progress", "Jira sets it itself"),
    UNKNOWN(".*", new AppValue());

    private enum Lists {
        SUPPORTED,
        UNKNOWN
    }

    private interface Conversion {
        JsonNode of(JsonNode element) throws NotAccepted;
    }

    private final Pattern description;
    private final Lists lists;
    private final FieldForm form;
    private final String never;

    /**
     * @param description matches the type in create metadata, or in a list that of its elements; or, with a blank
     *     between, the type of the whole field and the name of a system field or the type key of a custom field
     * @param never why it cannot be configured; empty if it can
     */
    FieldType(String description, Lists lists, FieldForm form, String never) {
        this.description = Pattern.compile(description);
        this.lists = lists;
        this.form = form;
        this.never = never;
    }

    FieldType(String description, Lists lists, FieldForm form) {
        this(description, lists, form, "");
    }

    FieldType(String description, FieldForm form) {
        this(description, Lists.UNKNOWN, form, "");
    }

    FieldType(String description, String never) {
        this(description, Lists.UNKNOWN, new AppValue(), never);
    }

    /** The first one that matches. */
    static FieldType of(CreateMetaField field) {
        String whole = field.type() + " " + (field.system().isEmpty() ? field.custom() : field.system());
        String element = isList(field) ? field.items() : field.type();
        return Stream.of(values())
                .filter(type -> type.description.matcher(element).matches()
                        || type.description.matcher(whole).matches())
                .findFirst()
                .orElse(UNKNOWN);
    }

    FieldSupport support(CreateMetaField field) {
        if (!never.isEmpty()) {
            return new FieldSupport(FieldSupport.Level.NONE, never);
        }
        if (form instanceof AppValue && field.searched()) {
            return new FieldSupport(FieldSupport.Level.FULL, "");
        }
        if (this != UNKNOWN && (!isList(field) || lists == Lists.SUPPORTED)) {
            return new FieldSupport(FieldSupport.Level.FULL, "");
        }
        return new FieldSupport(
                FieldSupport.Level.AS_STORED,
                "the bridge does not know values of the type '"
                        + (isList(field) ? "array of " + field.items() : field.type())
                        + "'; one is sent exactly as it is stored, unchecked");
    }

    /**
     * The text that a template has made, as people would give the value: a list has one element in each line. Empty if
     * the text says nothing: if it is blank, or Python's None where Jira does not list that as a value.
     */
    Optional<JsonNode> read(String text, CreateMetaField field) {
        Stream<String> texts = takesLines(field) ? text.lines() : Stream.of(text);
        List<JsonNode> read = texts.filter(one -> !saysNothing(one.strip(), field))
                .map(form::read)
                .filter(one -> !FieldSetting.empty(one))
                .distinct()
                .toList();
        if (read.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                takesLines(field) ? JsonNodeFactory.instance.arrayNode().addAll(read) : read.get(0));
    }

    private static boolean saysNothing(String text, CreateMetaField field) {
        return text.isEmpty()
                || (text.equals("None")
                        && new AllowedValues(field.allowedValues()).find(text).isEmpty());
    }

    /** How Jira is asked for values that it does not list; null if it has no search for them. */
    static @Nullable LookUp lookUp(CreateMetaField field) {
        LookUp known = of(field).form.lookUp();
        return known == null && field.searched() ? LookUp.SEARCHED : known;
    }

    /** Whether Jira shows the value as wiki markup, so that what a template prints must be made harmless. */
    boolean markup() {
        return this == STRING;
    }

    /** @throws NotAccepted with what Jira would accept instead */
    JsonNode toStored(JsonNode given, CreateMetaField field, Directory directory) throws NotAccepted {
        return each(given, field, element -> form.toStored(element, field, directory));
    }

    /** @throws NotAccepted with what Jira would accept instead */
    JsonNode toJira(JsonNode stored, CreateMetaField field, boolean cloud) throws NotAccepted {
        return each(stored, field, element -> form.toJira(element, field, cloud));
    }

    private JsonNode each(JsonNode value, CreateMetaField field, Conversion conversion) throws NotAccepted {
        if (!isList(field) || form.single()) {
            return conversion.of(value);
        }
        if (unlisted(field)) {
            return value; // it is also unknown whether Jira needs a list
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<String> refused = new ArrayList<>();
        for (JsonNode element :
                value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value)) {
            try {
                list.add(conversion.of(element));
            } catch (NotAccepted e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        if (!refused.isEmpty()) {
            throw new NotAccepted(String.join("; ", refused));
        }
        return list;
    }

    private boolean takesLines(CreateMetaField field) {
        return isList(field) && !form.single() && !unlisted(field);
    }

    private boolean unlisted(CreateMetaField field) {
        return form instanceof AppValue && field.allowedValues().isEmpty() && !field.searched();
    }

    private static boolean isList(CreateMetaField field) {
        return field.type().equals("array");
    }
}
