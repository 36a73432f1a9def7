package io.faradaybridge.vulnerabilities;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Workspaces;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API's workspaces: those whose vulnerabilities the caller sees. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/workspaces")
class WorkspaceController {

    private final Workspaces workspaces;
    private final FaradayUsers users;

    WorkspaceController(Workspaces workspaces, FaradayUsers users) {
        this.workspaces = workspaces;
        this.users = users;
    }

    /** By name. */
    @GetMapping
    @Operation(summary = "List the workspaces that you may enter")
    @PreAuthorize("hasAuthority('jira:read')")
    List<Workspaces.Workspace> list(FaradayUser user) {
        Set<Integer> enterable = users.enterable(user.id());
        return workspaces.all().stream()
                .filter(workspace -> enterable.contains(workspace.id()))
                .sorted(Comparator.comparing(Workspaces.Workspace::name))
                .toList();
    }
}
