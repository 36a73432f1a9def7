package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.client.CreateMeta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the fields of an issue type against its create screen before they are stored. It reports at once everything
 * that Jira would refuse, and makes the form that Faraday stores.
 */
public final class TicketConfigCheck {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NAME = 255;
    /** FreeMarker markup. Its templates are files, not values of fields. */
    private static final Pattern FREEMARKER = Pattern.compile("\\$\\{|<#|</#|<@");

    private final String projectKey;
    private final CreateMeta meta;
    private final boolean cloud;
    private final TemplateCheck templates;
    private final JsonNode given;

    /** @param given field settings by name or id, as {@code {"schema", "value"}} or as a plain value */
    public TicketConfigCheck(
            String projectKey, CreateMeta meta, boolean cloud, TemplateCheck templates, JsonNode given) {
        this.projectKey = projectKey;
        this.meta = meta;
        this.cloud = cloud;
        this.templates = templates;
        this.given = given;
    }

    /**
     * @param fields what to store, by the field's name in Jira; valid only without problems
     * @param problems by the name in the request
     * @param warnings in words
     */
    public record Checked(ObjectNode fields, Map<String, List<String>> problems, List<String> warnings) {}

    /** The look-ups in Jira that must be made before {@link #check}. */
    public Set<Directory.Question> questions() {
        Set<Directory.Question> questions = new LinkedHashSet<>();
        check(JSON.objectNode(), question -> {
            questions.add(question);
            return Directory.Found.known(question.text());
        });
        return questions;
    }

    /** @param stored the fields as they are stored now; their unknown keys are kept */
    public Checked check(ObjectNode stored, Directory directory) {
        ObjectNode fields = JSON.objectNode();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        Map<String, FieldSetting> settings = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            String name = entry.getKey();
            FieldSetting setting = FieldSetting.read(entry.getValue());
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                problems.put(
                        name.substring(0, Math.min(name.length(), 40)),
                        List.of("is not a field's name, which has 1 to " + LONGEST_NAME + " characters"));
                continue;
            }
            settings.put(name, setting);
            List<CreateMetaField> matching = IssueFields.named(name, meta.fields());
            if (matching.size() != 1) {
                continue; // IssueFields says why
            }
            CreateMetaField field = matching.get(0);
            FieldSupport support = FieldSupport.of(field);
            boolean plain = !setting.empty() && !setting.holdsJinja();
            if ((plain || setting.varies()) && support.level() == FieldSupport.Level.NONE) {
                problems.put(name, List.of("cannot be configured: " + support.reason()));
                settings.remove(name);
                continue;
            }
            Directory looked = question -> {
                Directory.Found found = directory.find(question);
                if (found.stored() != null && !found.remark().isEmpty()) {
                    warnings.add(name + ": " + found.remark());
                }
                return found;
            };
            JsonNode value = setting.value();
            VariedValueCheck varied = new VariedValueCheck(field, cloud, templates, looked);
            List<String> wrong = varied.check(entry.getValue()).problems();
            if (plain) {
                try {
                    value = FieldType.of(field).toStored(value, field, looked);
                } catch (NotAccepted e) {
                    wrong.add(String.valueOf(e.getMessage()));
                }
            }
            if (!wrong.isEmpty()) {
                problems.put(name, wrong);
                settings.remove(name);
                continue;
            }
            warnings(name, field, setting, value).forEach(warnings::add);
            varied.warnings().forEach(warning -> warnings.add(name + ": " + warning));
            ObjectNode written = written(stored.path(storedName(field)), entry.getValue(), field, value);
            if (!varied.bySeverity().isEmpty()) {
                written.set(FieldSetting.BY_SEVERITY, varied.bySeverity());
            }
            settings.put(name, FieldSetting.read(written));
            fields.set(storedName(field), written);
        }
        Map<String, String> refused = IssueFields.of(
                        projectKey,
                        meta.issueType().id(),
                        new TicketConfig(meta.issueType().name(), settings),
                        meta.fields(),
                        cloud,
                        templates)
                .problems();
        refused.forEach((name, problem) -> {
            boolean named = problems.keySet().stream().anyMatch(other -> meta.fields().stream()
                    .anyMatch(field -> field.name().equals(name)
                            && IssueFields.named(other, meta.fields()).contains(field)));
            if (!named) {
                problems.put(name, List.of(problem));
            }
        });
        return new Checked(fields, problems, warnings);
    }

    private List<String> warnings(String name, CreateMetaField field, FieldSetting setting, JsonNode value) {
        List<String> warnings = new ArrayList<>();
        FieldSupport support = FieldSupport.of(field);
        boolean plain = !setting.empty() && !setting.holdsJinja();
        if ((plain || setting.varies()) && support.level() == FieldSupport.Level.AS_STORED) {
            warnings.add(name + ": " + support.reason());
        }
        if (plain && FREEMARKER.matcher(value.toString()).find()) {
            warnings.add(name + ": looks like a FreeMarker template, but those are files under routes/templates;"
                    + " here it is sent as it is");
        }
        if (setting.holdsJinja()) {
            templates
                    .warnings(IssueFields.system(field), setting.value().asText())
                    .forEach(warning -> warnings.add(name + ": " + warning));
        }
        if (setting.varies() && setting.empty() && field.mandatory() && !IssueFields.given(field)) {
            warnings.add(name + ": is required by Jira; a vulnerability for which its template and by_severity give"
                    + " nothing is not exported, unless there is a \"value\" for all others");
        }
        return warnings;
    }

    /** Jira's name, which Faraday stores; the id if the name is not unique; for two fields the documented name. */
    private String storedName(CreateMetaField field) {
        return switch (IssueFields.system(field)) {
            case "summary" -> "Summary";
            case "description" -> "Description";
            default ->
                meta.fields().stream()
                                        .filter(other -> other.name()
                                                .strip()
                                                .toLowerCase(Locale.ROOT)
                                                .equals(field.name().strip().toLowerCase(Locale.ROOT)))
                                        .count()
                                == 1
                        ? field.name().strip()
                        : field.fieldId();
        };
    }

    private static ObjectNode written(JsonNode stored, JsonNode given, CreateMetaField field, JsonNode value) {
        ObjectNode written = stored instanceof ObjectNode before ? before.deepCopy() : JSON.objectNode();
        written.remove(List.of(FieldSetting.TEMPLATE, FieldSetting.BY_SEVERITY)); // they are replaced or removed
        if (given instanceof ObjectNode setting && FieldSetting.isSetting(setting)) {
            written.setAll(setting);
        }
        ObjectNode schema = written.path("schema") instanceof ObjectNode known ? known.deepCopy() : JSON.objectNode();
        schema.put("type", field.type());
        if (field.items().isEmpty()) {
            schema.remove("items");
        } else {
            schema.put("items", field.items());
        }
        written.set("schema", schema);
        written.set("value", value.isMissingNode() ? JSON.nullNode() : value);
        return written;
    }
}
