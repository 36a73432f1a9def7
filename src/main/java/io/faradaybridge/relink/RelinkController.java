package io.faradaybridge.relink;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.RequestRecords;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's relinking after the move to another Jira. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/connection")
class RelinkController {

    private final Relinking relinking;

    RelinkController(Relinking relinking) {
        this.relinking = relinking;
    }

    /**
     * @param confirm saves what the same call without it shows
     * @param after the {@code next} of the call before; links of vulnerabilities with greater ids follow
     * @param vulnerabilityIds links to accept although the summary says something else
     */
    record RelinkRequest(
            @Nullable Boolean confirm,

            @Schema(description = "the \"next\" of the answer before, or be left out") @Nullable
            Integer after,

            @Nullable List<Integer> vulnerabilityIds) {

        RelinkRequest {
            if (vulnerabilityIds != null) {
                vulnerabilityIds = RequestRecords.vulnerabilityIds(vulnerabilityIds, Relinking.AT_ONCE);
            }
        }
    }

    /** Body: none or {@link RelinkRequest}. Without {@code "confirm": true} nothing is changed. */
    @PostMapping("/relink")
    @Operation(summary = "Find the linked issues by their keys in another Jira, and link them by their ids there")
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('integrations_auth:create')")
    RelinkReport relink(@RequestBody(required = false) @Nullable RelinkRequest body, FaradayUser user) {
        RelinkRequest request = body == null ? new RelinkRequest(null, null, null) : body;
        return relinking.next(
                request.after() == null ? 0 : request.after(),
                request.vulnerabilityIds() == null ? List.of() : request.vulnerabilityIds(),
                Boolean.TRUE.equals(request.confirm()),
                user);
    }
}
