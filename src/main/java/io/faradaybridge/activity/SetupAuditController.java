package io.faradaybridge.activity;

import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's record of changes of the set-up. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/audit")
class SetupAuditController {

    private static final int MAX_LIMIT = 500;

    private final SetupAudit audit;

    SetupAuditController(SetupAudit audit) {
        this.audit = audit;
    }

    /**
     * Newest first.
     *
     * @param before the id of the last change of the previous page
     */
    @GetMapping
    @Operation(summary = "List who changed the set-up, newest first")
    @PreAuthorize("hasAuthority('jira:update')")
    List<SetupChange> list(
            @RequestParam(required = false) @Nullable Long before, @RequestParam(defaultValue = "100") int limit) {
        return audit.list(before, Math.max(1, Math.min(limit, MAX_LIMIT)));
    }
}
