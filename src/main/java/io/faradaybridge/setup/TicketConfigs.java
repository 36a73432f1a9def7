package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.TicketConfigKeys;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.fields.Directory;
import io.faradaybridge.fields.JiraDirectory;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.fields.TicketConfigCheck;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Saves the fields of issues after a check against Jira's create screens, so that the first export does not fail. */
@Component
class TicketConfigs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_TYPES = 50;
    private static final int LONGEST_NAME = 255;

    private final ConfigurationEditor row;
    private final Projects projects;
    private final JiraCatalogue catalogue;
    private final JiraRequests requests;
    private final JiraClient exports;
    private final TemplateCheck templates;

    TicketConfigs(
            ConfigurationEditor row,
            Projects projects,
            JiraCatalogue catalogue,
            JiraRequests requests,
            JiraClient exports,
            TemplateCheck templates) {
        this.row = row;
        this.projects = projects;
        this.catalogue = catalogue;
        this.requests = requests;
        this.exports = exports;
        this.templates = templates;
    }

    /**
     * @param whole whether all issue types are given, so that others are removed
     * @param types the settings of each issue type, by its name or id
     */
    private record Wanted(boolean whole, Map<String, ObjectNode> types) {

        static Wanted of(TicketConfigRequest request) {
            if (request.issueTypes() != null) {
                if (request.issueTypes().size() > MOST_TYPES) {
                    throw new InvalidRequest("issue_types", "must be " + TicketConfigRequest.FORM);
                }
                Map<String, ObjectNode> types = new LinkedHashMap<>();
                request.issueTypes()
                        .properties()
                        .forEach(type -> types.put(name(type.getKey()), fields(type.getValue())));
                return new Wanted(true, types);
            }
            JsonNode type = request.issueType();
            if (type == null || !(type.isTextual() || type.isIntegralNumber())) {
                throw new InvalidRequest("issue_type", "must be " + TicketConfigRequest.FORM);
            }
            return new Wanted(
                    false, Map.of(name(type.asText()), fields(JSON.objectNode().set("fields", request.fields()))));
        }

        private static String name(String name) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new InvalidRequest(
                        "issue_type",
                        "must be the name or id of an issue type, 1 to " + LONGEST_NAME + " characters long");
            }
            return name.strip();
        }

        private static ObjectNode fields(JsonNode type) {
            if (!(type instanceof ObjectNode object)
                    || !object.path("fields").isObject()
                    || object.path("fields").size() > TicketConfigRequest.MOST_FIELDS) {
                throw new InvalidRequest("fields", "must be " + TicketConfigRequest.FIELDS);
            }
            return object;
        }
    }

    ProjectView save(String key, TicketConfigRequest request, Optional<String> basedOn, FaradayUser by) {
        Wanted wanted = Wanted.of(request);
        Opened opened = row.open(basedOn);
        String configured = opened.requireProject(key);
        ObjectNode project = opened.project(configured);
        boolean active = opened.projectSettings(configured).active();
        JiraClient jira = catalogue.inTime();
        List<IssueType> offered = catalogue.issueTypes(jira, configured.strip());
        List<IssueType> types = resolve(wanted, offered);
        List<CreateMeta> screens = jira.createMetas(configured.strip(), types);
        boolean cloud = jira.kind() == JiraKind.CLOUD;
        List<TicketConfigCheck> checks = new ArrayList<>();
        Set<Directory.Question> questions = new LinkedHashSet<>();
        List<ObjectNode> given = List.copyOf(wanted.types().values());
        for (int i = 0; i < types.size(); i++) {
            TicketConfigCheck check = new TicketConfigCheck(
                    configured.strip(),
                    screens.get(i),
                    cloud,
                    templates,
                    given.get(i).path("fields"));
            checks.add(check);
            questions.addAll(check.questions());
        }
        JiraDirectory directory = new JiraDirectory(jira, requests, () -> cloud, configured.strip());
        directory.learn(questions);

        JsonNode before = project.path("ticket_config").deepCopy();
        ObjectNode config = before instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        ObjectNode storedTypes = config.path("issue_types") instanceof ObjectNode object ? object : JSON.objectNode();
        ObjectNode issueTypes = wanted.whole() ? JSON.objectNode() : storedTypes;
        Map<String, List<String>> problems = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = storedName(types.get(i), offered, storedTypes);
            ObjectNode type = storedTypes.path(name) instanceof ObjectNode known ? known.deepCopy() : JSON.objectNode();
            ObjectNode storedFields = type.path("fields") instanceof ObjectNode fields ? fields : JSON.objectNode();
            TicketConfigCheck.Checked checked = checks.get(i).check(storedFields, directory);
            checked.problems()
                    .forEach((field, reasons) -> problems.put(wanted.whole() ? name + "." + field : field, reasons));
            unchecked(screens.get(i)).ifPresent(warnings::add);
            checked.warnings().forEach(warning -> warnings.add(wanted.whole() ? name + ": " + warning : warning));
            TicketConfigKeys.check(given.get(i), type, wanted.whole() ? name + "." : "", problems);
            type.set("fields", checked.fields());
            issueTypes.set(name, type);
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
        config.set("issue_types", issueTypes);
        if (config.equals(before)) {
            return projects.view(opened, configured, warnings, opened.version());
        }
        project.set("ticket_config", config);
        if (!active) {
            project.put("active", false); // without the key, the first issue type would make the project active
        }
        String version = row.save(opened, by, "projects." + configured + ".ticket_config", before, config);
        issueTypes.fieldNames().forEachRemaining(type -> exports.forgetCreateMeta(configured.strip(), type));
        return projects.view(opened, configured, warnings, version);
    }

    private static Optional<String> unchecked(CreateMeta screen) {
        return Optional.ofNullable(screen.hidden())
                .map(why -> "the fields of " + screen.issueType().name()
                        + " are saved unchecked, because Jira hides the create screen: " + why + "; export one"
                        + " vulnerability first, Jira's errors then show what is missing");
    }

    private static List<IssueType> resolve(Wanted wanted, List<IssueType> offered) {
        List<IssueType> types = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String name : wanted.types().keySet()) {
            Optional<IssueType> type = JiraCatalogue.find(offered, name);
            List<String> alike = alike(offered, name);
            if (type.isEmpty()) {
                refused.add("'" + InvalidRequest.shown(name) + "' is not offered by Jira in this project; it offers "
                        + JiraCatalogue.names(offered));
            } else if (alike.size() > 1) {
                refused.add("'" + name + "' names several issue types, " + String.join(", ", alike)
                        + "; give the id of one");
            } else if (types.contains(type.get())) {
                refused.add("'" + name + "' is given twice");
            } else {
                types.add(type.get());
            }
        }
        if (!refused.isEmpty()) {
            throw new InvalidRequest(Map.of(wanted.whole() ? "issue_types" : "issue_type", refused));
        }
        return types;
    }

    /** The ids of the types with that name, without sub-task types. */
    private static List<String> alike(List<IssueType> offered, String name) {
        return offered.stream()
                .filter(type -> type.name().equalsIgnoreCase(name) && !type.subtask())
                .map(IssueType::id)
                .toList();
    }

    /** The stored name, because queued exports use it; or else its name, or its id if the name finds another type. */
    private static String storedName(IssueType type, List<IssueType> offered, ObjectNode stored) {
        for (Map.Entry<String, JsonNode> known : stored.properties()) {
            if (JiraCatalogue.find(offered, known.getKey()).filter(type::equals).isPresent()) {
                return known.getKey();
            }
        }
        return alike(offered, type.name()).equals(List.of(type.id())) ? type.name() : type.id();
    }
}
