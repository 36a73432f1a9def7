package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.fields.UsedValue.Source;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sources of one field's value, in their order: its template, the value of the vulnerability's severity, its fixed
 * value. The first one that gives something that Jira takes is used.
 */
final class ValueSources {

    private static final int LONGEST_REASON = 300;

    private final String name;
    private final CreateMetaField field;
    private final FieldType type;
    private final FieldSetting setting;
    private final @Nullable JsonNode fixed;
    private final boolean cloud;

    /** @param fixed the fixed value in Jira's form; null if there is none */
    ValueSources(String name, CreateMetaField field, FieldSetting setting, @Nullable JsonNode fixed, boolean cloud) {
        this.name = name;
        this.field = field;
        this.type = FieldType.of(field);
        this.setting = setting;
        this.fixed = fixed;
        this.cloud = cloud;
    }

    /** @param value in Jira's form; null if the field is left out */
    record Chosen(@Nullable JsonNode value, UsedValue used) {}

    CreateMetaField field() {
        return field;
    }

    /** @param model the data of the vulnerability, as templates see them */
    Chosen choose(Map<String, ? extends @Nullable Object> model, VariedFields.Renderer renderer, Directory directory) {
        List<String> failed = new ArrayList<>();
        if (!setting.template().isEmpty()) {
            try {
                String text = renderer.text(setting.template(), setting.rawMarkup() || !type.markup());
                Optional<JsonNode> given = type.read(text, field);
                if (given.isPresent()) {
                    JsonNode stored = type.toStored(given.get(), field, directory);
                    return chosen(type.toJira(stored, field, cloud), Source.TEMPLATE, failed);
                }
                failed.add("the template gives nothing");
            } catch (TemplateException e) {
                failed.add("the template cannot be rendered: " + e.getMessage());
            } catch (NotAccepted e) {
                failed.add("the template gives a value that Jira does not take: " + e.getMessage());
            }
        }
        JsonNode ofSeverity = setting.bySeverity().get(Objects.toString(model.get("severity_name"), ""));
        if (ofSeverity != null && !FieldSetting.empty(ofSeverity)) {
            try {
                return chosen(type.toJira(ofSeverity, field, cloud), Source.BY_SEVERITY, failed);
            } catch (NotAccepted e) {
                failed.add("the value of the severity is one that Jira does not take: " + e.getMessage());
            }
        }
        return chosen(fixed, fixed == null ? Source.NOTHING : Source.VALUE, failed);
    }

    private Chosen chosen(@Nullable JsonNode value, Source source, List<String> failed) {
        String why = String.join("; ", failed);
        return new Chosen(
                value,
                new UsedValue(
                        name, source, why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why));
    }
}
