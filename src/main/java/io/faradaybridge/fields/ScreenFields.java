package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.XmlText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields that are sent with a transition: of the configured ones those that its screen shows, with values checked as
 * at the creation of an issue.
 *
 * @param fields in Jira's form, by the fields' ids
 * @param problems what Jira would refuse, by the field's name
 */
public record ScreenFields(ObjectNode fields, Map<String, String> problems) {

    /** @param cloud whether users are named by account id, as on Cloud */
    public static ScreenFields of(Map<String, FieldSetting> configured, List<CreateMetaField> screen, boolean cloud) {
        ScreenFields filled = new ScreenFields(JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>());
        configured.forEach((name, setting) -> {
            List<CreateMetaField> matching = IssueFields.named(name, screen);
            if (matching.size() > 1) {
                filled.problems.put(name, several(matching));
            } else if (!setting.empty()) {
                matching.forEach(field -> filled.set(name, field, setting, cloud));
            }
        });
        return filled;
    }

    private void set(String name, CreateMetaField field, FieldSetting setting, boolean cloud) {
        try {
            fields.set(field.fieldId(), XmlText.of(FieldType.of(field).toJira(setting.value(), field, cloud)));
        } catch (NotAccepted e) {
            problems.put(name, String.valueOf(e.getMessage()));
        }
    }

    /** A rendered comment as Jira takes it, which is as long as a description. */
    public static String comment(String rendered) {
        return IssueText.description(rendered);
    }

    /** How many of these fields the screen shows. */
    public static long shown(Collection<String> names, List<CreateMetaField> screen) {
        return names.stream()
                .filter(name -> !IssueFields.named(name, screen).isEmpty())
                .count();
    }

    /** The required fields of the screen, in words with their allowed values, that are not among these. */
    public static List<String> missing(Collection<String> names, List<CreateMetaField> screen) {
        List<CreateMetaField> given = names.stream()
                .flatMap(name -> IssueFields.named(name, screen).stream())
                .toList();
        return screen.stream()
                .filter(field -> field.mandatory() && !given.contains(field))
                .map(field -> "'" + field.name() + "'"
                        + (field.allowedValues().isEmpty()
                                ? ""
                                : " (allowed are " + new AllowedValues(field.allowedValues()) + ")"))
                .toList();
    }

    /** Why a name that is not unique cannot be used. */
    static String several(List<CreateMetaField> named) {
        return "names several fields ("
                + named.stream().map(CreateMetaField::fieldId).collect(Collectors.joining(", "))
                + "); use the id of one";
    }
}
