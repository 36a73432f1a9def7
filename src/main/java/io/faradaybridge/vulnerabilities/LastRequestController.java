package io.faradaybridge.vulnerabilities;

import io.faradaybridge.activity.LastRequests;
import io.faradaybridge.activity.LastRequests.LastRequest;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Vulnerabilities;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's look at what the bridge sent to Jira last for a vulnerability. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/vulnerabilities/{vulnerabilityId}/last-request")
class LastRequestController {

    private final LastRequests requests;
    private final Vulnerabilities vulnerabilities;
    private final FaradayUsers users;

    LastRequestController(LastRequests requests, Vulnerabilities vulnerabilities, FaradayUsers users) {
        this.requests = requests;
        this.vulnerabilities = vulnerabilities;
        this.users = users;
    }

    /** The newest request that created or changed the issue, or was to, also after the link has ended. */
    @GetMapping
    @Operation(summary = "Show the last request to Jira that was to create or change the issue")
    @PreAuthorize("hasAuthority('jira:read') and hasAuthority('vulnerabilities:read')")
    LastRequest show(@PathVariable int vulnerabilityId, FaradayUser user) {
        return vulnerabilities
                .find(vulnerabilityId)
                .filter(found -> users.mayEnter(user.id(), found.workspaceId()))
                .flatMap(found -> requests.of(vulnerabilityId))
                .orElseThrow(() -> ErrorAnswers.notFound("nothing was sent to Jira for vulnerability " + vulnerabilityId
                        + " within bridge.activity.keep, or it is in a workspace that you may not enter"));
    }
}
