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
import io.faradaybridge.workflow.MappingWays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Saves a status mapping after a check against Jira's present statuses. */
@Component
class StatusMappings {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ConfigurationEditor row;
    private final Projects projects;
    private final JiraCatalogue catalogue;
    private final TemplateCheck templates;
    private final MappingWays ways;

    StatusMappings(
            ConfigurationEditor row,
            Projects projects,
            JiraCatalogue catalogue,
            TemplateCheck templates,
            MappingWays ways) {
        this.row = row;
        this.projects = projects;
        this.catalogue = catalogue;
        this.templates = templates;
        this.ways = ways;
    }

    /** @param mapping the stored one, with the changes of the request */
    private record Changed(
            Opened opened,
            String configured,
            JsonNode before,
            ObjectNode mapping,
            List<TypeStatuses> workflow,
            List<String> warnings) {}

    ProjectView save(String key, MappingRequest request, Optional<String> basedOn, FaradayUser by) {
        Changed changed = changed(row.open(basedOn), key, request);
        Opened opened = changed.opened();
        String configured = changed.configured();
        if (changed.mapping().equals(changed.before())) {
            return projects.view(opened, configured, changed.warnings(), opened.version());
        }
        opened.project(configured).set("attribute_mapping", changed.mapping());
        String version = row.save(
                opened, by, "projects." + configured + ".attribute_mapping", changed.before(), changed.mapping());
        return projects.view(opened, configured, changed.warnings(), version);
    }

    /** How issues would get to the mapped statuses; saves nothing. @param request null for the saved mapping */
    MappingWays.Preview preview(String key, @Nullable MappingRequest request) {
        Opened opened = row.open(Optional.empty());
        if (request != null) {
            Changed changed = changed(opened, key, request);
            return preview(opened, changed.configured(), changed.workflow(), changed.mapping(), changed.warnings());
        }
        String configured = opened.requireProject(key);
        return preview(
                opened,
                configured,
                catalogue.statuses(catalogue.inTime(), configured.strip()),
                opened.project(configured).path("attribute_mapping"),
                List.of());
    }

    private MappingWays.Preview preview(
            Opened opened, String configured, List<TypeStatuses> workflow, JsonNode mapping, List<String> warnings) {
        Set<String> types = opened.projectSettings(configured).issueTypes().keySet();
        return new MappingWays.Preview(
                configured.strip(), ways.of(configured.strip(), types, workflow, mapping), warnings);
    }

    private Changed changed(Opened opened, String key, MappingRequest request) {
        String configured = opened.requireProject(key);
        List<TypeStatuses> workflow = catalogue.statuses(catalogue.inTime(), configured.strip());
        JsonNode before = opened.project(configured).path("attribute_mapping").deepCopy();
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
        return new Changed(opened, configured, before, mapping, workflow, checked.warnings());
    }
}
