package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.StatusMapping;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.fields.TemplateCheck;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Saves a status mapping after a check against Jira's present statuses. */
@Component
class StatusMappings {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ConfigurationEditor row;
    private final Projects projects;
    private final JiraCatalogue catalogue;
    private final TemplateCheck templates;

    StatusMappings(ConfigurationEditor row, Projects projects, JiraCatalogue catalogue, TemplateCheck templates) {
        this.row = row;
        this.projects = projects;
        this.catalogue = catalogue;
        this.templates = templates;
    }

    ProjectView save(String key, MappingRequest request, Optional<String> basedOn, FaradayUser by) {
        Opened opened = row.open(basedOn);
        String configured = opened.requireProject(key);
        ObjectNode project = opened.project(configured);
        List<TypeStatuses> workflow = catalogue.statuses(catalogue.inTime(), configured.strip());
        JsonNode before = project.path("attribute_mapping").deepCopy();
        ObjectNode mapping = before instanceof ObjectNode object ? object.deepCopy() : JSON.objectNode();
        StatusMappingCheck.Checked checked = StatusMappingCheck.of(
                configured.strip(),
                request,
                mapping,
                workflow,
                opened.projectSettings(configured).issueTypes().keySet());
        mapping.set("incoming", checked.incoming());
        mapping.set("outgoing", checked.outgoing());
        checked.policy().ifPresent(policy -> mapping.put("policy", policy.stored()));
        checked.onExport().ifPresent(choice -> mapping.put("on_export", choice.stored()));
        mapping.set(StatusMapping.STATUS_IDS, checked.ids());
        Map<String, List<String>> problems = new LinkedHashMap<>(checked.problems());
        problems.putAll(WorkflowCheck.into(mapping, request, configured.strip(), workflow, templates));
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
        if (mapping.equals(before)) {
            return projects.view(opened, configured, checked.warnings(), opened.version());
        }
        project.set("attribute_mapping", mapping);
        String version = row.save(opened, by, "projects." + configured + ".attribute_mapping", before, mapping);
        return projects.view(opened, configured, checked.warnings(), version);
    }
}
