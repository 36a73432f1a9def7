package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.answers.CreateMetaField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an issue type whose values depend on the vulnerability. */
public final class VariedFields {

    private final List<ValueSources> fields = new ArrayList<>();

    VariedFields() {}

    /** Renders a template for the vulnerability. */
    public interface Renderer {

        /** @throws io.faradaybridge.jinja2.api.TemplateException if it cannot be rendered */
        String text(String source, boolean rawMarkup);
    }

    /**
     * The values for one vulnerability.
     *
     * @param fields in Jira's form, by the field's id
     * @param problems required fields without a value, by name
     */
    public record Values(ObjectNode fields, List<UsedValue> used, Map<String, String> problems) {

        public static final Values NONE = new Values(JsonNodeFactory.instance.objectNode(), List.of(), Map.of());
    }

    void add(ValueSources sources) {
        fields.add(sources);
    }

    boolean have(CreateMetaField field) {
        return fields.stream().anyMatch(sources -> sources.field().equals(field));
    }

    /**
     * @param model the data of the vulnerability, as templates see them
     * @throws io.faradaybridge.jira.JiraFailure if a value must be looked up and Jira cannot be asked
     */
    public Values values(Map<String, ? extends @Nullable Object> model, Renderer renderer, Directory directory) {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        List<UsedValue> used = new ArrayList<>();
        Map<String, String> problems = new LinkedHashMap<>();
        for (ValueSources sources : fields) {
            ValueSources.Chosen chosen = sources.choose(model, renderer, directory);
            CreateMetaField field = sources.field();
            used.add(chosen.used());
            if (chosen.value() != null) {
                values.set(field.fieldId(), chosen.value());
            } else if (field.mandatory() && !IssueFields.given(field)) {
                problems.put(
                        chosen.used().field(),
                        "is required by Jira and has no value for this vulnerability"
                                + (chosen.used().why().isEmpty()
                                        ? ""
                                        : ", since " + chosen.used().why())
                                + "; add a \"value\" for all others");
            }
        }
        return new Values(values, used, problems);
    }
}
