package io.faradaybridge.health;

import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's look at what the bridge stands on. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/health")
class HealthController {

    private final Foundations foundations;

    HealthController(Foundations foundations) {
        this.foundations = foundations;
    }

    /** Asks database and broker now; a broker that is away takes three seconds. */
    @GetMapping
    @Operation(summary = "Show how the database, the broker, the routes and the sweep do")
    @PreAuthorize("hasAuthority('active_integrations:read')")
    HealthReport health() {
        return foundations.look();
    }
}
