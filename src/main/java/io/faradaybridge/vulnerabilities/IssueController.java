package io.faradaybridge.vulnerabilities;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.configuration.IntegrationSettings;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.ValueRequests;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.JiraReader;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.IssueLink;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's look at an issue before a vulnerability is linked to it. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/issues")
class IssueController {

    private final JiraClient jira;
    private final IssueLinks links;
    private final FaradayUsers users;
    private final IntegrationConfigurationSource configuration;

    IssueController(
            JiraClient jira, IssueLinks links, FaradayUsers users, IntegrationConfigurationSource configuration) {
        this.jira = jira.interactive();
        this.links = links;
        this.users = users;
        this.configuration = configuration;
    }

    /**
     * An issue as Jira shows it now.
     *
     * @param key its present key, which is another one than was asked for if it was moved
     * @param url its page; null if no Jira is configured
     * @param vulnerabilityId the vulnerability that it is linked to, if the caller may enter its workspace
     * @param hindrance why no vulnerability can be linked to it; null if one can
     */
    record ShownIssue(
            String id,
            String key,
            String summary,
            String status,
            String issueType,
            String project,
            @Nullable String url,
            @Nullable Integer vulnerabilityId,
            @Nullable String hindrance) {}

    /** Finds an issue by its key or by the address of its page, as a person pastes it. */
    @GetMapping
    @Operation(summary = "Look up an issue by its key or address")
    @PreAuthorize("hasAuthority('jira:read')")
    ShownIssue find(@Parameter(description = IssueReference.DESCRIPTION) @RequestParam String issue, FaradayUser user) {
        IssueReference reference = IssueReference.of("issue", issue);
        IntegrationSettings settings = configuration.current();
        reference.requireOn("issue", settings.url());
        JsonNode answer = read(reference.key());
        IssueSnapshot found = JiraReader.issue(answer);
        IssueLink link =
                links.ofIssues(List.of(found.id())).stream().findFirst().orElse(null);
        Integer vulnerability =
                link != null && users.mayEnter(user.id(), link.workspaceId()) ? link.vulnerabilityId() : null;
        return new ShownIssue(
                found.id(),
                found.key(),
                answer.at("/fields/summary").asText(),
                found.status().name(),
                found.issueTypeName(),
                found.projectKey(),
                RowState.page(settings, found.key()),
                vulnerability,
                link == null ? unconfigured(found, settings) : linked(found, vulnerability));
    }

    private JsonNode read(String key) {
        try {
            return jira.send(ValueRequests.issueShown(key)).body();
        } catch (JiraFailure failure) {
            if (failure.refusedOrGone()) {
                throw new InvalidRequest("issue", String.valueOf(failure.getMessage()));
            }
            throw failure;
        }
    }

    private static String linked(IssueSnapshot issue, @Nullable Integer vulnerability) {
        return issue.key() + " is linked to "
                + (vulnerability == null
                        ? "a vulnerability in a workspace that you may not enter"
                        : "vulnerability " + vulnerability)
                + " already; an issue has one link";
    }

    private static @Nullable String unconfigured(IssueSnapshot issue, IntegrationSettings settings) {
        return settings.project(issue.projectKey()).isPresent()
                ? null
                : issue.key() + " is in project " + issue.projectKey() + ", which is not configured; configured are "
                        + settings.projects().keySet();
    }
}
