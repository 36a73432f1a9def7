package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.fields.FollowedFields;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's call for the fields of issues that follow their vulnerability. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}/follow")
class FollowController {

    private final ConfigurationEditor row;
    private final JiraCatalogue catalogue;

    FollowController(ConfigurationEditor row, JiraCatalogue catalogue) {
        this.row = row;
        this.catalogue = catalogue;
    }

    /** @param fields names or ids; empty: nothing follows */
    record FollowRequest(
            @Schema(description = "names or ids of at most 50 fields")
            List<String> fields,

            @Nullable String version) {

        private static final int MOST = 50;

        FollowRequest {
            if (fields == null
                    || fields.size() > MOST
                    || fields.stream().anyMatch(name -> name == null || name.isBlank())) {
                throw new InvalidRequest("fields", "must be a list of names or ids of at most " + MOST + " fields");
            }
            fields = fields.stream().map(String::strip).distinct().toList();
        }
    }

    /** @param version the version of the row */
    record FollowView(String project, List<String> follow, String version) {}

    /** {@code {"fields": ["summary", "priority"]}}; 400 by field for what cannot follow. */
    @PutMapping
    @Operation(summary = "Choose what follows the vulnerability")
    @PreAuthorize("hasAuthority('jira:update')")
    FollowView save(
            @PathVariable String key,
            @RequestBody FollowRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        Opened opened = row.open(ConfigurationEditor.basedOn(ifMatch, request.version()));
        String configured = opened.requireProject(key);
        ObjectNode project = opened.project(configured);
        check(request.fields(), opened.projectSettings(configured));
        ArrayNode after = JsonNodeFactory.instance.arrayNode();
        request.fields().forEach(after::add);
        boolean nothing = after.isEmpty() && !project.has(ProjectSettings.FOLLOW);
        String version = nothing ? opened.version() : row.set(opened, by, configured, ProjectSettings.FOLLOW, after);
        return new FollowView(configured.strip(), request.fields(), version);
    }

    /** A field follows if it can in one of the configured issue types. */
    private void check(List<String> fields, ProjectSettings project) {
        if (fields.isEmpty()) {
            return;
        }
        JiraClient jira = catalogue.inTime();
        List<IssueType> offered = catalogue.issueTypes(jira, project.key());
        List<IssueType> types = new ArrayList<>();
        List<TicketConfig> configs = new ArrayList<>();
        project.issueTypes()
                .forEach((name, config) -> JiraCatalogue.find(offered, name).ifPresent(type -> {
                    types.add(type);
                    configs.add(config);
                }));
        if (types.isEmpty()) {
            throw new InvalidRequest("fields", "cannot follow, since no issue type is configured: configure one first");
        }
        List<CreateMeta> screens = jira.createMetas(project.key(), types);
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        for (String field : fields) {
            List<String> reasons = new ArrayList<>();
            for (int i = 0; i < screens.size(); i++) {
                Optional<String> reason =
                        FollowedFields.problem(field, screens.get(i).fields(), configs.get(i));
                reason.ifPresent(reasons::add);
            }
            if (reasons.size() == screens.size()) {
                wrong.put(
                        "fields." + InvalidRequest.shown(field),
                        reasons.stream().distinct().toList());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequest(wrong);
        }
    }
}
