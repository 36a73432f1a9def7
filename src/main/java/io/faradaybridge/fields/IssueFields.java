package io.faradaybridge.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.FieldSetting;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.XmlText;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@code fields} of issues of one type in one project. It checks the configuration against Jira's create
 * screen, so that a field that Jira would refuse is reported before anything is created.
 */
public final class IssueFields {

    /** Always set by the bridge, or (the reporter) set by Jira to the bridge's account. */
    private static final Set<String> GIVEN = Set.of("project", "issuetype", "summary", "description", "reporter");

    private final TicketConfig config;
    private final List<CreateMetaField> screen;
    private final boolean cloud;
    private final TemplateCheck templates;
    private final ObjectNode fixed = JsonNodeFactory.instance.objectNode();
    private final VariedFields varied = new VariedFields();
    private final Map<String, String> problems = new LinkedHashMap<>();
    private @Nullable Template summary;
    private @Nullable Template description;

    /**
     * A Jinja2 template of the configuration, as in Faraday.
     *
     * @param rawMarkup whether printed values are not made harmless for Jira's wiki markup
     * @param otherwise the template that is used if this one gives nothing; empty if there is none
     */
    public record Template(String field, String source, boolean rawMarkup, String otherwise) {}

    /** The configured name of each field, by the field's id. */
    private final Map<String, String> names = new HashMap<>();

    private IssueFields(TicketConfig config, List<CreateMetaField> screen, boolean cloud, TemplateCheck templates) {
        this.config = config;
        this.screen = List.copyOf(screen);
        this.cloud = cloud;
        this.templates = templates;
    }

    /**
     * @param issueTypeId Jira's id, because a project may have two types with the same name
     * @param screen the create metadata of that type in that project
     * @param cloud whether users are named by account id, as on Cloud
     * @param templates checks Jinja2 templates; not needed for an export, which renders them at once
     */
    public static IssueFields of(
            String projectKey,
            String issueTypeId,
            TicketConfig config,
            List<CreateMetaField> screen,
            boolean cloud,
            TemplateCheck templates) {
        IssueFields fields = new IssueFields(config, screen, cloud, templates);
        fields.fixed.putObject("project").put("key", projectKey);
        fields.fixed.putObject("issuetype").put("id", issueTypeId);
        if (screen.isEmpty()) {
            fields.problems.put(
                    config.issueType(),
                    "Jira shows no field for creating it in " + projectKey
                            + "; check that our account may create issues there");
            return fields;
        }
        config.fields().forEach(fields::set);
        fields.requireTheRest();
        return fields;
    }

    /** Why Jira would refuse every such issue, by the field's name; empty if nothing is wrong. */
    public Map<String, String> problems() {
        return Collections.unmodifiableMap(problems);
    }

    public Optional<String> refusal() {
        return refusal(config.issueType(), problems);
    }

    public static Optional<String> refusal(String issueType, Map<String, String> problems) {
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(problems.entrySet().stream()
                        .map(problem -> problem.getKey() + ": " + problem.getValue())
                        .collect(Collectors.joining("; ", "issue type " + issueType + " cannot be filled: ", "")));
    }

    /** The project's template of the summary; empty if the operator's file is used. */
    public Optional<Template> summary() {
        return Optional.ofNullable(summary);
    }

    /** The project's template of the description; empty if the operator's file is used. */
    public Optional<Template> description() {
        return Optional.ofNullable(description);
    }

    /** The field of the create screen with this name or id; empty if there is none, or several. */
    public Optional<CreateMetaField> field(String name) {
        return Optional.of(named(name, screen))
                .filter(found -> found.size() == 1)
                .map(found -> found.get(0));
    }

    public boolean takesDescription() {
        return system("description").isPresent();
    }

    /** Whether the create screen has Labels, so that a search finds the marker. */
    public boolean takesLabels() {
        return system("labels").isPresent();
    }

    /** The fields whose values depend on the vulnerability. */
    public VariedFields varied() {
        return varied;
    }

    /**
     * The fields of one issue.
     *
     * @param summary rendered; flattened to one line, cut at 255
     * @param description rendered; left out if the create screen has no Description; cut at 32767
     * @param label added to the configured labels if the create screen has Labels, or null
     * @param values those that depend on the vulnerability
     * @throws IllegalStateException if there are {@link #problems}
     */
    public ObjectNode forIssue(String summary, String description, @Nullable String label, VariedFields.Values values) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(refusal().orElseThrow());
        }
        ObjectNode fields = fixed.deepCopy();
        fields.setAll(values.fields().deepCopy());
        fields.put("summary", IssueText.summary(summary));
        system("description").ifPresent(field -> fields.put(field.fieldId(), IssueText.description(description)));
        if (label != null) {
            system("labels").ifPresent(field -> fields.withArrayProperty(field.fieldId())
                    .add(label));
        }
        return (ObjectNode) XmlText.of(fields);
    }

    /** @param fieldId a field of the screen; fields that the bridge always sends do not count as configured */
    public boolean configures(String fieldId) {
        return names.containsKey(fieldId);
    }

    /** Jira insists on a reporter and nobody is configured: then it has to be the account that creates. */
    public boolean wantsReporter() {
        return system("reporter")
                .filter(field -> field.mandatory() && !fixed.has(field.fieldId()))
                .isPresent();
    }

    /** @param account a user's name; on Cloud an account id */
    public void reportedBy(String account) {
        system("reporter")
                .ifPresent(field -> fixed.putObject(field.fieldId()).put(cloud ? "accountId" : "name", account));
    }

    private void set(String name, FieldSetting setting) {
        if (setting.empty() && !setting.varies()) {
            return;
        }
        List<CreateMetaField> matching = named(name, screen);
        if (matching.isEmpty()) {
            problems.put(name, "is not on the create screen; add it there or remove it from the configuration");
        } else if (matching.size() > 1) {
            problems.put(name, ScreenFields.several(matching));
        } else {
            CreateMetaField field = matching.get(0);
            String earlier = names.putIfAbsent(field.fieldId(), name);
            if (earlier == null) {
                set(name, field, setting);
            } else {
                problems.put(name, "is the same field as '" + earlier + "'; remove one");
            }
        }
    }

    private void set(String name, CreateMetaField field, FieldSetting setting) {
        String system = system(field);
        boolean text = system.equals("summary") || system.equals("description");
        if (text) {
            problem(system, setting).ifPresent(problem -> problems.put(name, problem));
        } else if (setting.holdsJinja()) {
            problems.put(
                    name,
                    "holds Jinja2 markup, but only Summary and Description are templates by their \"value\"; give it as"
                            + " \"template\"");
            return;
        }
        switch (system) {
            case "summary" -> summary = template(name, setting, true); // Jira does not interpret markup in a summary
            case "description" -> description = template(name, setting, setting.rawMarkup());
            case "project", "issuetype" -> {}
            default -> setValue(name, field, setting);
        }
    }

    private static Template template(String name, FieldSetting setting, boolean rawMarkup) {
        String value = setting.value().asText("");
        return setting.template().isEmpty()
                ? new Template(name, value, rawMarkup, "")
                : new Template(name, setting.template(), rawMarkup, value);
    }

    private Optional<String> problem(String system, FieldSetting setting) {
        if (!setting.bySeverity().isEmpty()) {
            return Optional.of("has no values by severity; write them into its template");
        }
        return Stream.of(setting.template(), setting.value().asText(""))
                .flatMap(source -> templates.problem(system, source).stream())
                .map(TemplateCheck.Problem::toString)
                .findFirst();
    }

    private void setValue(String name, CreateMetaField field, FieldSetting setting) {
        JsonNode sent = null;
        try {
            sent = setting.empty() ? null : FieldType.of(field).toJira(setting.value(), field, cloud);
        } catch (NotAccepted e) {
            problems.put(name, String.valueOf(e.getMessage()));
        }
        if (setting.varies()) {
            templates
                    .problem(system(field), setting.template())
                    .ifPresent(problem -> problems.putIfAbsent(name, problem.toString()));
            varied.add(new ValueSources(name, field, setting, sent, cloud));
        } else if (sent != null) {
            fixed.set(field.fieldId(), sent);
        }
    }

    private void requireTheRest() {
        for (CreateMetaField field : screen) {
            boolean reported = config.fields().keySet().stream()
                    .anyMatch(name ->
                            problems.containsKey(name) && named(name, screen).contains(field));
            if (field.mandatory() && !given(field) && !fixed.has(field.fieldId()) && !varied.have(field) && !reported) {
                problems.put(
                        field.name(),
                        "is required by Jira and not configured"
                                + (field.allowedValues().isEmpty()
                                        ? ""
                                        : "; allowed are " + new AllowedValues(field.allowedValues())));
            }
        }
    }

    /** The fields with this name or id; several if the name is not unique. */
    static List<CreateMetaField> named(String name, List<CreateMetaField> screen) {
        String wanted = name.strip();
        List<Predicate<CreateMetaField>> tries = List.of(
                field -> field.fieldId().equals(wanted),
                field -> field.name().strip().equals(wanted),
                field -> field.name().strip().equalsIgnoreCase(wanted),
                field -> field.fieldId().equalsIgnoreCase(wanted),
                // the documented names of the two templates also work if Jira uses another language
                field -> GIVEN.contains(system(field)) && system(field).equalsIgnoreCase(wanted));
        return tries.stream()
                .map(matches -> screen.stream().filter(matches).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Optional<CreateMetaField> system(String name) {
        return screen.stream().filter(field -> system(field).equals(name)).findFirst();
    }

    /** Whether an issue gets it without any configuration. */
    static boolean given(CreateMetaField field) {
        return GIVEN.contains(system(field));
    }

    static String system(CreateMetaField field) {
        return field.system().isEmpty() && field.custom().isEmpty() ? field.fieldId() : field.system();
    }
}
