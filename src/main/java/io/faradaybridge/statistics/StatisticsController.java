package io.faradaybridge.statistics;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's figures for charts. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/activity/statistics")
class StatisticsController {

    private final Statistics statistics;
    private final FaradayUsers users;

    StatisticsController(Statistics statistics, FaradayUsers users) {
        this.statistics = statistics;
        this.users = users;
    }

    /** Changes and failures are those of the workspaces that the caller may enter; Jira is seen as a whole. */
    @GetMapping
    @Operation(summary = "Count what happened within the last hour, day or month")
    @PreAuthorize("hasAuthority('jira:read')")
    StatisticsReport statistics(@RequestParam(defaultValue = "day") StatisticsRange range, FaradayUser caller) {
        return statistics.of(range, users.reach(caller.id()));
    }
}
