package io.faradaybridge.setup;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.setup.Integration.Switched;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's calls for the integration as a whole: configuration, readiness, status, activation. */
@RestController
@RequestMapping("/_api/v3/integrations/jira")
class SetupController {

    private final Integration integration;

    SetupController(Integration integration) {
        this.integration = integration;
    }

    /** @param version the version that the change is based on */
    record SwitchRequest(boolean enabled, @Nullable String version) {}

    @GetMapping
    @Operation(summary = "Show the whole set-up")
    @PreAuthorize("hasAuthority('jira:read')")
    SetupView show() {
        return integration.view();
    }

    @GetMapping("/status")
    @Operation(summary = "Show how the integration does at a glance")
    @PreAuthorize("hasAuthority('active_integrations:read')")
    SetupStatus status() {
        return integration.status();
    }

    /**
     * {@code {"enabled": true}}: 400 with what is missing, unless an active project is complete and Jira accepts the
     * credentials.
     */
    @PutMapping("/enabled")
    @Operation(summary = "Switch the integration on or off")
    @PreAuthorize("hasAuthority('jira:update')")
    Switched enable(
            @RequestBody SwitchRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        return integration.enable(request.enabled(), ConfigurationEditor.basedOn(ifMatch, request.version()), by);
    }
}
