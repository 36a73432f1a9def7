package io.faradaybridge.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.faradaybridge.configuration.ProjectSettings;
import io.faradaybridge.faraday.FaradayPages;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraKind;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.setup.ConfigurationEditor.Opened;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's call for the remote links of issues to Faraday's pages. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/projects/{key}/remote-link")
class RemoteLinkController {

    private static final String PERMISSION = "LINK_ISSUES";

    private final ConfigurationEditor row;
    private final JiraCatalogue catalogue;
    private final FaradayPages pages;

    RemoteLinkController(ConfigurationEditor row, JiraCatalogue catalogue, FaradayPages pages) {
        this.row = row;
        this.catalogue = catalogue;
        this.pages = pages;
    }

    record RemoteLinkRequest(Boolean remoteLink, @Nullable String version) {

        RemoteLinkRequest {
            if (remoteLink == null) {
                throw new InvalidRequest(ProjectSettings.REMOTE_LINK, "must be true or false");
            }
        }
    }

    /** @param version the version of the row */
    record RemoteLinkView(String project, boolean remoteLink, String version) {}

    /** {@code {"remote_link": true}}; 400 if no link could be made. Links that are there stay when it is switched off. */
    @PutMapping
    @Operation(summary = "Let issues link to the vulnerability's page in Faraday")
    @PreAuthorize("hasAuthority('jira:update')")
    RemoteLinkView save(
            @PathVariable String key,
            @RequestBody RemoteLinkRequest request,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            FaradayUser by) {
        Opened opened = row.open(ConfigurationEditor.basedOn(ifMatch, request.version()));
        String configured = opened.requireProject(key);
        if (request.remoteLink()) {
            check(configured.strip());
        }
        boolean nothing = !request.remoteLink() && !opened.project(configured).has(ProjectSettings.REMOTE_LINK);
        String version = nothing
                ? opened.version()
                : row.set(
                        opened, by, configured, ProjectSettings.REMOTE_LINK, BooleanNode.valueOf(request.remoteLink()));
        return new RemoteLinkView(configured.strip(), request.remoteLink(), version);
    }

    private void check(String project) {
        if (!pages.linkable()) {
            throw new InvalidRequest(
                    ProjectSettings.REMOTE_LINK,
                    "needs the address of Faraday's page of a vulnerability, beginning with http:// or https://: set"
                            + " bridge.faraday.url (FARADAY_URL) and start the bridge again");
        }
        JiraClient jira = catalogue.inTime();
        JsonNode permission = jira.send(EditRequests.permission(project, PERMISSION, jira.kind() == JiraKind.CLOUD))
                .body()
                .path("permissions")
                .path(PERMISSION)
                .path("havePermission");
        if (permission.isBoolean() && !permission.booleanValue()) {
            throw new InvalidRequest(
                    ProjectSettings.REMOTE_LINK,
                    "needs the permission Link Issues, which the bridge's account does not have in " + project
                            + ": grant it in the project's permission scheme");
        }
    }
}
