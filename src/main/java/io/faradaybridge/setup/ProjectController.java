package io.faradaybridge.setup;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.fields.FieldValues;
import io.faradaybridge.fields.FieldView;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.answers.TypeStatuses;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.setup.JiraCatalogue.AvailableProjects;
import io.faradaybridge.setup.Projects.Added;
import io.faradaybridge.setup.Projects.Removal;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.workflow.MappingWays;
import io.faradaybridge.workflow.SuggestedMapping;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's calls for projects: add, configure fields, map statuses, activate, remove. */
@RestController
@RequestMapping("/_api/v3/integrations/jira")
class ProjectController {

    /** How many allowed values a field shows in a list of all fields; a field alone shows all. */
    private static final int ALLOWED_SHOWN = 100;

    private final ConfigurationEditor row;
    private final Projects projects;
    private final TicketConfigs ticketConfigs;
    private final StatusMappings statusMappings;
    private final JiraCatalogue catalogue;

    ProjectController(
            ConfigurationEditor row,
            Projects projects,
            TicketConfigs ticketConfigs,
            StatusMappings statusMappings,
            JiraCatalogue catalogue) {
        this.row = row;
        this.projects = projects;
        this.ticketConfigs = ticketConfigs;
        this.statusMappings = statusMappings;
        this.catalogue = catalogue;
    }

    /** @param suggested the name of the one that vulnerabilities usually become; null if there is none */
    record IssueTypes(List<IssueType> issueTypes, @Nullable String suggested) {}

    /** @param hidden why Jira hides the create screen, so that these are all fields of the site; null if it is shown */
    record Fields(
            IssueType issueType,
            List<FieldView> fields,
            int count,
            @Nullable String hidden) {}

    /** @param suggested a mapping to begin with, by the categories of the statuses */
    record Statuses(List<StatusesOfType> issueTypes, SuggestedMapping suggested) {}

    /** An issue type of the project, with the statuses of its workflow. */
    record StatusesOfType(String id, String name, boolean subtask, List<JiraStatus> statuses) {}

    /** @param version the version that the change is based on, here and below */
    record AdditionRequest(@Nullable String version) {}

    record SwitchRequest(boolean active, @Nullable String version) {}

    /** @param query a part of key or name, in any case */
    @GetMapping("/available-projects")
    @Operation(summary = "List Jira's projects")
    @PreAuthorize("hasAuthority('jira:read')")
    AvailableProjects available(
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(name = "page_size", defaultValue = "50") int pageSize) {
        Opened opened = row.look();
        return catalogue.available(
                query, page, pageSize, key -> opened.configured(key).isPresent());
    }

    /** 201 if it was added, inactive; 200 if it was configured already. */
    @PutMapping("/projects/{key}")
    @Operation(summary = "Add a project")
    @AlsoAnswers(201)
    @PreAuthorize("hasAuthority('jira:create')")
    ResponseEntity<ProjectView> add(
            @PathVariable String key,
            @RequestBody(required = false) @Nullable AdditionRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        String version = request == null ? null : request.version();
        Added added = projects.add(key, ConfigurationEditor.basedOn(ifMatch, version), by);
        return ResponseEntity.status(added.fresh() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(added.project());
    }

    /** 409 with the effect on links and exports, unless {@code confirm=true}. */
    @DeleteMapping("/projects/{key}")
    @Operation(summary = "Remove a project")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:delete')")
    ResponseEntity<Removal> remove(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean confirm,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        Removal removal = projects.remove(key, confirm, ConfigurationEditor.basedOn(ifMatch, null), by);
        return ResponseEntity.status(removal.removed() ? HttpStatus.OK : HttpStatus.CONFLICT)
                .body(removal);
    }

    @GetMapping("/projects/{key}/issue-types")
    @Operation(summary = "List a project's issue types")
    @PreAuthorize("hasAuthority('jira:read')")
    IssueTypes issueTypes(@PathVariable String key) {
        String configured = row.look().requireProject(key);
        List<IssueType> types = catalogue.issueTypes(catalogue.inTime(), configured.strip());
        return new IssueTypes(
                types, JiraCatalogue.usual(types).map(IssueType::name).orElse(null));
    }

    /**
     * @param type name or id
     * @param field a name or id, to show only this field with all its allowed values
     */
    @GetMapping("/projects/{key}/issue-types/{type}/fields")
    @Operation(summary = "List the fields of an issue type")
    @PreAuthorize("hasAuthority('jira:read')")
    Fields fields(@PathVariable String key, @PathVariable String type, @RequestParam(defaultValue = "") String field) {
        String configured = row.look().requireProject(key).strip();
        CreateMeta meta = catalogue.screen(catalogue.inTime(), configured, type);
        List<CreateMetaField> wanted = field.isBlank() ? meta.fields() : List.of(JiraCatalogue.field(meta, field));
        int most = field.isBlank() ? ALLOWED_SHOWN : Integer.MAX_VALUE;
        return new Fields(
                meta.issueType(),
                wanted.stream().map(one -> FieldView.of(one, most)).toList(),
                wanted.size(),
                meta.hidden());
    }

    /**
     * The allowed values of a field, or what Jira finds of people, groups, sprints, teams, issues and others.
     *
     * @param field name or id
     * @param query a part of the name, in any case
     */
    @GetMapping("/projects/{key}/issue-types/{type}/fields/{field}/values")
    @Operation(summary = "Search the values of a field")
    @PreAuthorize("hasAuthority('jira:read')")
    FieldValues values(
            @PathVariable String key,
            @PathVariable String type,
            @PathVariable String field,
            @RequestParam(defaultValue = "") String query) {
        return catalogue.values(row.look().requireProject(key).strip(), type, field, query.strip());
    }

    /**
     * {@code {"issue_type": "Bug", "fields": {"Priority": {"schema": {"type": "priority"}, "value": "High"}}}} configures one
     * issue type, {@code {"issue_types": ..}} all of them. 400 with everything that Jira would refuse, by field.
     */
    @PutMapping("/projects/{key}/ticket-config")
    @Operation(summary = "Configure what issues are filled with")
    @PreAuthorize("hasAuthority('jira:update')")
    ProjectView configure(
            @PathVariable String key,
            @RequestBody TicketConfigRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        return ticketConfigs.save(key, request, ConfigurationEditor.basedOn(ifMatch, request.version()), by);
    }

    @GetMapping("/projects/{key}/statuses")
    @Operation(summary = "List a project's statuses by issue type")
    @PreAuthorize("hasAuthority('jira:read')")
    Statuses statuses(@PathVariable String key) {
        Opened opened = row.look();
        String configured = opened.requireProject(key);
        List<TypeStatuses> workflow = catalogue.statuses(catalogue.inTime(), configured.strip());
        return new Statuses(
                workflow.stream()
                        .map(type -> new StatusesOfType(
                                type.issueType().id(),
                                type.issueType().name(),
                                type.issueType().subtask(),
                                type.statuses()))
                        .toList(),
                SuggestedMapping.of(
                        workflow,
                        opened.settings()
                                .project(configured.strip())
                                .map(project -> project.issueTypes().keySet())
                                .orElse(Set.of())));
    }

    /**
     * {@code {"incoming": {"Done": "closed"}, "outgoing": {"closed": "Done"}, "policy": "jira-wins", "on_export":
     * "stay"}}; each may be left out.
     */
    @PutMapping("/projects/{key}/attribute-mapping")
    @Operation(summary = "Map statuses both ways")
    @PreAuthorize("hasAuthority('jira:update')")
    ProjectView map(
            @PathVariable String key,
            @RequestBody MappingRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        return statusMappings.save(key, request, ConfigurationEditor.basedOn(ifMatch, request.version()), by);
    }

    /**
     * How issues would get to the mapped statuses of Jira, for each status that they may be in. Body: none for the saved
     * mapping, or what {@code PUT attribute-mapping} takes; nothing is saved.
     */
    @PostMapping("/projects/{key}/attribute-mapping/preview")
    @Operation(summary = "Show the ways to the mapped statuses")
    @PreAuthorize("hasAuthority('jira:read')")
    MappingWays.Preview previewMapping(
            @PathVariable String key, @RequestBody(required = false) @Nullable MappingRequest request) {
        return statusMappings.preview(key, request);
    }

    /** {@code {"active": true}}: 400 with what is missing. The first active project also enables the integration. */
    @PutMapping("/projects/{key}/active")
    @Operation(summary = "Switch a project on or off")
    @PreAuthorize("hasAuthority('jira:update')")
    ProjectView activate(
            @PathVariable String key,
            @RequestBody SwitchRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        return projects.activate(key, request.active(), ConfigurationEditor.basedOn(ifMatch, request.version()), by);
    }
}
