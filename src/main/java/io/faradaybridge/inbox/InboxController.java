package io.faradaybridge.inbox;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.inbox.InboxRows.Choice;
import io.faradaybridge.inbox.InboxRows.Group;
import io.faradaybridge.inbox.InboxRows.Groups;
import io.faradaybridge.inbox.InboxRows.Row;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API's inbox: the lists of work that needs a person. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/inbox")
class InboxController {

    private static final int MOST_GROUPS = 100;
    private static final int LONGEST_PAGE = 200;

    private final Inbox inbox;
    private final InboxRows rows;
    private final FaradayUsers users;

    InboxController(Inbox inbox, InboxRows rows, FaradayUsers users) {
        this.inbox = inbox;
        this.rows = rows;
        this.users = users;
    }

    /** @param groups rows with equal causes, the largest hundred; {@code allGroups} is how many there are */
    record ListView(InboxKind list, long count, long allGroups, List<Group> groups) {}

    record Overview(List<ListView> lists) {}

    /** @param count the number of rows on all pages */
    record Listing(InboxKind list, long count, List<Row> rows) {}

    @GetMapping
    @Operation(summary = "Count the work that needs a person, with equal causes together")
    @PreAuthorize("hasAuthority('jira:read')")
    Overview overview(FaradayUser user) {
        Visibility reach = users.reach(user.id());
        return new Overview(inbox.all().stream()
                .map(list -> {
                    Groups found = rows.groups(list, reach, MOST_GROUPS);
                    return new ListView(list.kind(), found.count(), found.allGroups(), found.groups());
                })
                .toList());
    }

    /** Newest first; {@code before} is the last id of the previous page, {@code limit} at most 200. */
    @GetMapping("/{list}")
    @Operation(summary = "List work that needs a person")
    @PreAuthorize("hasAuthority('jira:read')")
    Listing show(
            @PathVariable InboxKind list,
            @RequestParam(required = false) @Nullable String group,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit,
            FaradayUser user) {
        Choice choice = new Choice(group, null);
        Visibility reach = users.reach(user.id());
        return new Listing(
                list,
                rows.count(inbox.list(list), choice, reach),
                rows.page(inbox.list(list), choice, reach, before, Math.max(1, Math.min(limit, LONGEST_PAGE))));
    }

    /** Written while it is read, however long the list is. */
    @GetMapping("/{list}.csv")
    @Operation(summary = "Download a list of work that needs a person")
    @ApiResponse(
            responseCode = "200",
            description = "RFC 4180, with a line of names first",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @PreAuthorize("hasAuthority('jira:read')")
    void csv(
            @PathVariable InboxKind list,
            @RequestParam(required = false) @Nullable String group,
            FaradayUser user,
            HttpServletResponse response)
            throws IOException {
        Visibility reach = users.reach(user.id());
        List<String> facts = inbox.list(list).facts();
        response.setContentType("text/csv;charset=UTF-8;header=present");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"faraday-jira-" + list.label() + ".csv\"");
        Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        Csv csv = new Csv(writer);
        List<@Nullable Object> names = new ArrayList<>(List.of(
                "id", "group", "at", "code", "cause", "project", "issue_key", "vulnerability_id", "name", "workspace"));
        names.addAll(facts);
        csv.line(names);
        rows.each(inbox.list(list), new Choice(group, null), reach, row -> csv.line(cells(row, facts)));
        writer.flush();
    }

    private static List<@Nullable Object> cells(Row row, List<String> facts) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(row.id());
        cells.add(row.group());
        cells.add(row.at());
        cells.add(row.code());
        cells.add(row.cause());
        cells.add(row.project());
        cells.add(row.issueKey());
        cells.add(row.vulnerabilityId());
        cells.add(row.name());
        cells.add(row.workspace());
        facts.forEach(fact -> cells.add(row.facts().get(fact)));
        return cells;
    }
}
