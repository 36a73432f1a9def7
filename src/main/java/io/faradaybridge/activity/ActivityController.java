package io.faradaybridge.activity;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's event log: newest first, page by page. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/activity")
class ActivityController {

    private static final int LONGEST_KEY = 255;
    private static final int LAST_YEAR = 9999;

    private final Activity activity;
    private final FaradayUsers users;

    ActivityController(Activity activity, FaradayUsers users) {
        this.activity = activity;
        this.users = users;
    }

    /**
     * The events of the workspaces that the caller may enter.
     *
     * @param since ISO 8601 with its zone, such as {@code 2026-01-31T08:00:00Z}
     * @param before the id of the last event of the previous page
     */
    @GetMapping
    @Operation(summary = "List what happened, newest first")
    @PreAuthorize("hasAuthority('jira:read')")
    List<ActivityEntry> find(
            @RequestParam(name = "vulnerability_id", required = false) @Nullable Integer vulnerabilityId,
            @RequestParam(name = "issue_key", required = false) @Nullable String issueKey,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int limit,
            FaradayUser caller) {
        return activity.find(
                new ActivityQuery(
                        vulnerabilityId,
                        issueKey == null ? null : Printable.of(issueKey, LONGEST_KEY),
                        outcome,
                        storable(since),
                        before,
                        limit),
                users.reach(caller.id()));
    }

    private static @Nullable Instant storable(@Nullable Instant since) {
        if (since != null
                && (since.isBefore(Instant.EPOCH)
                        || since.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR)) {
            throw new InvalidRequest("since", "must be a time such as 2026-01-31T08:00:00Z");
        }
        return since;
    }
}
