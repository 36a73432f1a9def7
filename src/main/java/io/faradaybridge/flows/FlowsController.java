package io.faradaybridge.flows;

import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's view of the flows. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/routes")
class FlowsController {

    private final FlowReports flows;

    FlowsController(FlowReports flows) {
        this.flows = flows;
    }

    @GetMapping
    @Operation(summary = "List the routes, how they do, and their files")
    @PreAuthorize("hasAuthority('active_integrations:read')")
    FlowReports.Report list() {
        return flows.report();
    }

    /** For administrators alone, because an operator's file may hold a secret. */
    @GetMapping("/file")
    @Operation(summary = "Show a route file, and how it differs from the shipped one")
    @PreAuthorize("hasAuthority('integrations_auth:read')")
    FlowReports.OneFile file(@RequestParam String name) {
        return flows.file(name)
                .orElseThrow(() -> ErrorAnswers.notFound("there is no such file; GET routes lists them"));
    }
}
