package io.faradaybridge.setup;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.fields.FieldView;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueType;
import io.faradaybridge.jira.client.CreateMeta;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.setup.JiraCatalogue.AvailableProjects;
import io.faradaybridge.setup.Projects.Added;
import io.faradaybridge.setup.Projects.Removal;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    record IssueTypes(List<IssueType> issueTypes) {}

    /** @param hidden why Jira hides the create screen, so that these are all fields of the site; null if it is shown */
    record Fields(
            IssueType issueType,
            List<FieldView> fields,
            int count,
            @Nullable String hidden) {}

    record Statuses(List<StatusesOfType> issueTypes) {}

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
        return new IssueTypes(catalogue.issueTypes(catalogue.inTime(), configured.strip()));
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
        JiraClient jira = catalogue.inTime();
        List<IssueType> offered = catalogue.issueTypes(jira, configured);
        IssueType found = JiraCatalogue.find(offered, type)
                .orElseThrow(() -> ErrorAnswers.notFound("Jira offers no issue type '" + InvalidRequest.shown(type)
                        + "' in " + configured + "; it offers " + JiraCatalogue.names(offered)));
        CreateMeta meta = jira.createMetas(configured, List.of(found)).get(0);
        List<CreateMetaField> wanted = field.isBlank()
                ? meta.fields()
                : List.of(meta.field(field)
                        .orElseThrow(() -> ErrorAnswers.notFound("'" + InvalidRequest.shown(field)
                                + "' is not on the create screen of " + found.name())));
        int most = field.isBlank() ? ALLOWED_SHOWN : Integer.MAX_VALUE;
        return new Fields(
                found, wanted.stream().map(one -> FieldView.of(one, most)).toList(), wanted.size(), meta.hidden());
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
        String configured = row.look().requireProject(key);
        return new Statuses(catalogue.statuses(catalogue.inTime(), configured.strip()).stream()
                .map(type -> new StatusesOfType(
                        type.issueType().id(),
                        type.issueType().name(),
                        type.issueType().subtask(),
                        type.statuses()))
                .toList());
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
