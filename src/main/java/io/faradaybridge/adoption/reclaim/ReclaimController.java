package io.faradaybridge.adoption.reclaim;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.faradaybridge.web.RequestRecords;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's way back to issues that were made after the backup that the database was restored from. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/adoption")
class ReclaimController {

    private static final int MOST_IDS = 10_000;

    private final Reclaiming reclaiming;
    private final IntegrationConfigurationSource configuration;

    ReclaimController(Reclaiming reclaiming, IntegrationConfigurationSource configuration) {
        this.reclaiming = reclaiming;
        this.configuration = configuration;
    }

    /**
     * @param since issues that were created earlier are left out
     * @param confirm saves what the same call without it shows
     * @param after the {@code next} of the call before; older issues follow
     * @param vulnerabilityIds vulnerabilities to link although their name or place has changed
     */
    record ReclaimRequest(
            @Schema(description = "the key of a configured Jira project")
            String project,

            @Schema(description = "the time of the backup, such as 2026-01-31T08:00:00Z")
            Instant since,

            @Nullable Boolean confirm,

            @Schema(description = "the \"next\" of the answer before, or be left out") @Nullable
            String after,

            @Nullable List<Integer> vulnerabilityIds) {

        ReclaimRequest {
            if (vulnerabilityIds != null) {
                vulnerabilityIds = RequestRecords.vulnerabilityIds(vulnerabilityIds, MOST_IDS);
            }
        }
    }

    /** Without {@code "confirm": true} nothing is changed. 409 if it is confirmed while the bridge observes. */
    @PostMapping("/reclaim")
    @Operation(summary = "Link issues again that were created after the backup that was restored")
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('integrations_auth:create')"
            + " and hasAuthority('vulnerabilities:update')")
    ReclaimReport reclaim(@RequestBody ReclaimRequest request, FaradayUser user) {
        boolean confirm = Boolean.TRUE.equals(request.confirm());
        IntegrationSettings settings = configuration.current();
        ProjectSettings project = settings.project(request.project().strip())
                .orElseThrow(() -> new InvalidRequest(
                        "project",
                        "'" + InvalidRequest.shown(request.project()) + "' is not configured; configured are "
                                + settings.projects().keySet()));
        if (confirm && settings.observes()) {
            throw ErrorAnswers.conflict(settings.observation() + ". Disable the integration (PUT enabled) and take over"
                    + " before you confirm");
        }
        return reclaiming.next(
                new Reclaiming.Choice(
                        project.key(),
                        request.since(),
                        request.after(),
                        request.vulnerabilityIds() == null ? List.of() : request.vulnerabilityIds(),
                        confirm),
                user);
    }
}
