package io.faradaybridge.export.inbox;

import io.faradaybridge.export.ExportRoutes;
import io.faradaybridge.export.UnknownItems;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.IssueLinks;
import io.faradaybridge.tables.ItemState;
import io.faradaybridge.web.ErrorAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Unknown items, and a user's decision about one: it is this issue, create it again, or give it up (E4).
 */
@RestController
@RequestMapping("/_api/v3/integrations/jira/exports")
class UnknownItemController {

    private static final int PAGE = 100;

    private final UnknownItems items;
    private final IssueLinks links;
    private final FaradayUsers users;
    private final JiraClient jira;
    private final ItemResolution resolution;
    private final ProducerTemplate camel;

    UnknownItemController(
            UnknownItems items,
            IssueLinks links,
            FaradayUsers users,
            JiraClient jira,
            ItemResolution resolution,
            ProducerTemplate camel) {
        this.items = items;
        this.links = links;
        this.users = users;
        this.jira = jira;
        this.resolution = resolution;
        this.camel = camel;
    }

    /** A user's decision: one of the three fields. */
    record ResolveRequest(
            @Nullable String issue,
            @Nullable Boolean createAgain,
            @Nullable Boolean giveUp) {

        ResolveRequest {
            if (issue == null && !Boolean.TRUE.equals(createAgain) && !Boolean.TRUE.equals(giveUp)) {
                throw new InvalidRequest(
                        "body", "must be {\"issue\": key}, {\"create_again\": true} or {\"give_up\": true}");
            }
        }
    }

    /** Newest first, a hundred at a time; {@code before} is the last id of the previous page. */
    @GetMapping("/unknown")
    @Operation(summary = "List export items whose outcome is unknown")
    @PreAuthorize("hasAuthority('jira:read')")
    List<UnknownItems.Item> unknown(@RequestParam(defaultValue = "9223372036854775807") long before, FaradayUser user) {
        return items.page(before, PAGE, users.reach(user.id()));
    }

    /**
     * Body: one of {@code {"issue": "SEC-12"}}, {@code {"create_again": true}}, {@code {"give_up": true}}.
     *
     * @return 202 with the item; 409 if it is not unknown
     */
    @PostMapping("/{batch}/items/{vulnerabilityId}/resolve")
    @Operation(summary = "Say what became of an item whose outcome is unknown")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    UnknownItems.Item resolve(
            @PathVariable long batch,
            @PathVariable int vulnerabilityId,
            @RequestBody ResolveRequest request,
            FaradayUser user) {
        UnknownItems.Item item = find(batch, vulnerabilityId, user);
        if (item.state() != ItemState.UNKNOWN) {
            throw moved(item);
        }
        if (request.issue() != null) {
            IssueSnapshot issue = issue(request.issue().strip(), item, user);
            resolve(item, user, "it is " + issue.key(), () -> items.isIssue(item.id(), issue.id(), issue.key()));
        } else if (Boolean.TRUE.equals(request.createAgain())) {
            resolve(item, user, "look for it once more, then create it", () -> items.createAgain(item.id()));
        } else {
            resolve(item, user, "given up", () -> items.giveUp(item.id(), "given up by " + user.username()));
        }
        camel.sendBody(ExportRoutes.WAKE, "");
        return find(batch, vulnerabilityId, user);
    }

    private void resolve(UnknownItems.Item item, FaradayUser user, String what, BooleanSupplier change) {
        if (!resolution.of(item, user, what, change)) {
            throw moved(item);
        }
    }

    private IssueSnapshot issue(String key, UnknownItems.Item item, FaradayUser user) {
        if (!key.matches("[A-Za-z][A-Za-z0-9_]*-[0-9]+")) {
            throw new InvalidRequest("issue", "must be an issue's key, such as " + item.project() + "-12");
        }
        IssueSnapshot issue;
        try {
            issue = jira.issue(key, false);
        } catch (JiraFailure failure) {
            if (failure.wholeSite() || failure.kind() == JiraFailure.Kind.TRANSIENT) {
                throw ErrorAnswers.unavailable("Jira cannot be asked about " + key + " now: " + failure.getMessage()
                        + " Nothing was changed; try again later.");
            }
            throw new InvalidRequest("issue", key + " could not be read: " + failure.getMessage());
        }
        if (!issue.projectKey().equalsIgnoreCase(item.project())) {
            throw new InvalidRequest("issue", issue.key() + " is not in the project " + item.project());
        }
        links.ofIssues(List.of(issue.id())).stream().findFirst().ifPresent(link -> {
            boolean theirs = users.mayEnter(user.id(), link.workspaceId());
            throw new InvalidRequest(
                    "issue",
                    issue.key() + " is linked to "
                            + (theirs ? "vulnerability " + link.vulnerabilityId() : "another vulnerability")
                            + " already");
        });
        return issue;
    }

    /** An item in a workspace that the user may not enter is answered 404. */
    private UnknownItems.Item find(long batch, int vulnerabilityId, FaradayUser user) {
        return items.find(batch, vulnerabilityId, users.reach(user.id()))
                .orElseThrow(() -> ErrorAnswers.notFound("export " + batch + " has no vulnerability " + vulnerabilityId
                        + ", or it is in a workspace that you may not enter"));
    }

    private static ResponseStatusException moved(UnknownItems.Item item) {
        return ErrorAnswers.conflict("the export of vulnerability " + item.vulnerabilityId()
                + " is not unknown: it is '" + item.state().stored() + "'");
    }
}
