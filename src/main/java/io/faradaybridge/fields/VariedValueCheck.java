package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.faraday.FaradaySeverity;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks the template and the values by severity of one field before they are stored, with the help of examples. */
final class VariedValueCheck {

    private final CreateMetaField field;
    private final FieldType type;
    private final boolean cloud;
    private final TemplateCheck templates;
    private final Directory directory;
    private final ObjectNode bySeverity = JsonNodeFactory.instance.objectNode();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    VariedValueCheck(CreateMetaField field, boolean cloud, TemplateCheck templates, Directory directory) {
        this.field = field;
        this.type = FieldType.of(field);
        this.cloud = cloud;
        this.templates = templates;
        this.directory = directory;
    }

    /** @param given as in the request */
    VariedValueCheck check(JsonNode given) {
        JsonNode template = given.path(FieldSetting.TEMPLATE);
        JsonNode table = given.path(FieldSetting.BY_SEVERITY);
        if (!template.isMissingNode() && !template.isNull() && !template.isTextual()) {
            problems.add("\"template\" must be a text, such as \"{{ vuln.severity_name }}\"");
        } else if (!template.asText("").isBlank()) {
            check(template.asText().strip());
        }
        if (table.isObject()) {
            table.properties().forEach(entry -> check(entry.getKey(), entry.getValue()));
        } else if (!table.isMissingNode() && !table.isNull()) {
            problems.add("\"by_severity\" must be an object, such as {\"critical\": \"Highest\", \"high\": \"High\"}");
        }
        return this;
    }

    private void check(String template) {
        String system = IssueFields.system(field);
        Optional<TemplateCheck.Problem> broken = templates.problem(system, template);
        broken.ifPresent(problem -> problems.add(problem.toString()));
        if (broken.isEmpty()) {
            warnings.addAll(templates.warnings(system, template));
            check(templates.examples(template));
        }
    }

    /**
     * If the template depends on more than the severity, an example without other data proves nothing; but then it is
     * worth a warning if no severity gives a value.
     */
    private void check(List<TemplateCheck.Example> examples) {
        List<String> wrong = new ArrayList<>();
        for (TemplateCheck.Example example : examples) {
            wrong(example).ifPresent(remark -> wrong.add("the template for " + example.severity() + ": " + remark));
        }
        if (examples.stream().allMatch(TemplateCheck.Example::certain)) {
            problems.addAll(wrong);
        } else if (wrong.size() == examples.size()) {
            warnings.add(
                    wrong.get(0) + "; this is so for a vulnerability that has nothing but a severity, which is sent"
                            + " with the other value of the field");
        }
    }

    private Optional<String> wrong(TemplateCheck.Example example) {
        if (!example.failure().isEmpty()) {
            return Optional.of(example.failure());
        }
        try {
            Optional<JsonNode> given = type.read(example.text(), field);
            if (given.isPresent()) {
                type.toJira(type.toStored(given.get(), field, directory), field, cloud);
            }
            return Optional.empty();
        } catch (NotAccepted e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void check(String key, JsonNode given) {
        String at = "by_severity." + key + ": ";
        if (FaradaySeverity.parse(key).isEmpty()) {
            problems.add(at + "is not a severity; they are " + String.join(", ", FaradaySeverity.WORST_FIRST));
        } else if (!FieldSetting.empty(given)) {
            try {
                JsonNode stored = type.toStored(given, field, directory);
                type.toJira(stored, field, cloud);
                bySeverity.set(key, stored);
            } catch (NotAccepted e) {
                problems.add(at + e.getMessage());
            }
        } else {
            bySeverity.set(key, given);
        }
    }

    List<String> problems() {
        return problems;
    }

    Set<String> warnings() {
        return warnings;
    }

    /** The values in the form that is stored, by the severities as they were given. */
    ObjectNode bySeverity() {
        return bySeverity;
    }
}
