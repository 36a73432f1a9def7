package io.faradaybridge.setup;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.setup.SavedExportRules.ExportRuleView;
import io.faradaybridge.web.AlsoAnswers;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's calls for the rule by which a project's vulnerabilities are exported without a request. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}/export-rule")
class ExportRuleController {

    private final SavedExportRules rules;

    ExportRuleController(SavedExportRules rules) {
        this.rules = rules;
    }

    /** Without a body: of the saved rule. Exports and saves nothing. */
    @PostMapping("/preview")
    @Operation(summary = "Show what an export rule would export")
    @PreAuthorize("hasAuthority('jira:read') and hasAuthority('vulnerabilities:read')")
    ExportRuleView preview(
            @PathVariable String key,
            @RequestBody(required = false) @Nullable ExportRuleRequest request,
            FaradayUser by) {
        return rules.preview(key, request, by);
    }

    /**
     * {@code {"enabled": true, "severities": ["critical"], "confirm": 17}}. 409 with the present number if an enabled
     * rule would export another number than the confirmed one.
     */
    @PutMapping
    @Operation(summary = "Export what matches without a request")
    @AlsoAnswers(409)
    @PreAuthorize(
            "hasAuthority('jira:update') and hasAuthority('jira:create') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<ExportRuleView> save(
            @PathVariable String key,
            @RequestBody ExportRuleRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        ExportRuleView view = rules.save(key, request, ConfigurationEditor.basedOn(ifMatch, request.version()), by);
        return ResponseEntity.status(view.saved() ? HttpStatus.OK : HttpStatus.CONFLICT)
                .body(view);
    }
}
