package io.faradaybridge.vulnerabilities;

import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.link.LinkEndings;
import io.faradaybridge.link.reports.LinkReport;
import io.faradaybridge.link.reports.LinkReports;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The API's links: show one, replay it after the cause of a block is removed, and unlink. */
@RestController
@RequestMapping("/_api/v3/integrations/jira")
class LinkController {

    private final LinkReports links;
    private final LinkReplay replay;
    private final LinkEndings endings;
    private final FaradayUsers users;
    private final IntegrationConfigurationSource configuration;

    LinkController(
            LinkReports links,
            LinkReplay replay,
            LinkEndings endings,
            FaradayUsers users,
            IntegrationConfigurationSource configuration) {
        this.links = links;
        this.replay = replay;
        this.endings = endings;
        this.users = users;
        this.configuration = configuration;
    }

    @GetMapping("/links/{vulnerabilityId}")
    @Operation(summary = "Show a vulnerability's link")
    @PreAuthorize("hasAuthority('jira:read')")
    LinkReport show(@PathVariable int vulnerabilityId, FaradayUser user) {
        return enterable(vulnerabilityId, user);
    }

    /** 202: the detector claims the link at once. A cause that still exists blocks it again. */
    @PostMapping("/links/{vulnerabilityId}/replay")
    @Operation(summary = "Look at a link again now")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasAuthority('jira:update')")
    LinkReport replay(@PathVariable int vulnerabilityId, FaradayUser user) {
        LinkReport link = enterable(vulnerabilityId, user);
        configuration.current().restReason(link.project()).ifPresent(reason -> {
            throw ErrorAnswers.conflict(reason);
        });
        if (!replay.of(link, user)) {
            throw unknown(vulnerabilityId);
        }
        return enterable(vulnerabilityId, user);
    }

    /**
     * 204: ends the link; the issue stays as it is. {@code disassociated_manually} is set in Faraday, so that no
     * automatic export makes another issue.
     */
    @DeleteMapping("/vulnerabilities/{vulnerabilityId}/issue-link")
    @Operation(summary = "Unlink a vulnerability from its issue")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    void unlink(@PathVariable int vulnerabilityId, FaradayUser user) {
        enterable(vulnerabilityId, user);
        if (configuration.current().observes()) {
            throw ErrorAnswers.conflict(configuration.current().observation());
        }
        if (endings.unlink(vulnerabilityId, user.id(), user.username()).isEmpty()) {
            throw unknown(vulnerabilityId);
        }
    }

    /** A link in a workspace that the user may not enter is answered 404. */
    private LinkReport enterable(int vulnerabilityId, FaradayUser user) {
        return links.ofVulnerability(vulnerabilityId)
                .filter(link -> users.mayEnter(user.id(), link.workspaceId()))
                .orElseThrow(() -> unknown(vulnerabilityId));
    }

    private static ResponseStatusException unknown(int vulnerabilityId) {
        return ErrorAnswers.notFound("vulnerability " + vulnerabilityId
                + " is not linked to an issue, or it is in a workspace that you" + " may not enter");
    }
}
