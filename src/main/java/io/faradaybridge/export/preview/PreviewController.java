package io.faradaybridge.export.preview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.configuration.TicketConfig;
import io.faradaybridge.export.ExportScreens;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's preview: what an export of these vulnerabilities would send, also with an unsaved configuration. */
@RestController
@RequestMapping("/_api/v3/integrations/jira")
class PreviewController {

    private final IntegrationConfigurationSource configuration;
    private final IntegrationConfiguration row;
    private final ExportPreview preview;
    private final ExportScreens screens;

    PreviewController(
            IntegrationConfigurationSource configuration,
            IntegrationConfiguration row,
            ExportPreview preview,
            ExportScreens screens) {
        this.configuration = configuration;
        this.row = row;
        this.preview = preview;
        this.screens = screens;
    }

    /** Also works for an inactive project, so that it can be checked before it is activated. */
    @PostMapping("/projects/{key}/preview")
    @Operation(summary = "Show what an export would send")
    @PreAuthorize("hasAuthority('jira:read') and hasAuthority('vulnerabilities:read')")
    Preview preview(@PathVariable String key, @RequestBody PreviewRequest request, FaradayUser user) {
        ProjectSettings project = configuration
                .current()
                .project(key)
                .orElseThrow(() -> ErrorAnswers.notFound("project " + key + " is not configured; add it first"));
        TicketConfig config = request.config(project, stored(project.key()), type -> screens.saved(project, type));
        return preview.of(request.vulnerabilityIds(), config, project, user);
    }

    private JsonNode stored(String project) {
        return row.read().map(found -> found.value().path("projects")).stream()
                .flatMap(projects -> projects.properties().stream())
                .filter(known -> known.getKey().strip().equals(project))
                .map(known -> known.getValue().path("ticket_config"))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
