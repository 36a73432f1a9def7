package io.faradaybridge.inbox;

import static io.faradaybridge.inbox.InboxAction.CREATE_AGAIN;
import static io.faradaybridge.inbox.InboxAction.DISCARD;
import static io.faradaybridge.inbox.InboxAction.FOLLOW_FARADAY;
import static io.faradaybridge.inbox.InboxAction.FOLLOW_JIRA;
import static io.faradaybridge.inbox.InboxAction.GIVE_UP;
import static io.faradaybridge.inbox.InboxAction.REPLAY;
import static io.faradaybridge.inbox.InboxAction.SEND_AGAIN;
import static io.faradaybridge.inbox.InboxKind.BLOCKED;
import static io.faradaybridge.inbox.InboxKind.CONFLICTS;
import static io.faradaybridge.inbox.InboxKind.DEAD_LETTERS;
import static io.faradaybridge.inbox.InboxKind.DIFFERS;
import static io.faradaybridge.inbox.InboxKind.REFUSED;
import static io.faradaybridge.inbox.InboxKind.UNKNOWN;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.Inbox.Report;
import io.faradaybridge.inbox.InboxRows.Choice;
import io.faradaybridge.web.AlsoAnswers;
import io.faradaybridge.web.InvalidRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API's actions on the inbox, on chosen rows, a group of equal causes or a whole list: 200 with what would be done;
 * with its number as {@code confirm} 200 with what was done, or 409 with the present number.
 */
@RestController
@RequestMapping("/_api/v3/integrations/jira/inbox")
class InboxActionController {

    private static final int MOST_IDS = 10_000;

    private final Inbox inbox;

    InboxActionController(Inbox inbox) {
        this.inbox = inbox;
    }

    /** @param group absent for all groups; {@code ids} absent for all rows; {@code confirm} absent to do nothing */
    record ActRequest(
            @Schema(description = "the group of a row, or be left out") @Nullable
            String group,

            @Schema(description = "ids of rows of the list, such as [17, 18], or be left out") @Nullable
            List<Long> ids,

            @Nullable Long confirm) {

        ActRequest {
            if (ids != null && (ids.isEmpty() || ids.size() > MOST_IDS || ids.contains(null))) {
                throw new InvalidRequest("ids", "must be one to " + MOST_IDS + " ids of rows, such as [17, 18]");
            }
        }
    }

    @PostMapping("/blocked/replay")
    @Operation(summary = "Look at blocked links again now")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update')")
    ResponseEntity<Report> replayBlocked(@RequestBody ActRequest request, FaradayUser user) {
        return act(BLOCKED, REPLAY, request, user);
    }

    @PostMapping("/refused/send-again")
    @Operation(summary = "Export refused vulnerabilities again")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:create') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> sendAgain(@RequestBody ActRequest request, FaradayUser user) {
        return act(REFUSED, SEND_AGAIN, request, user);
    }

    @PostMapping("/refused/discard")
    @Operation(summary = "Leave refused vulnerabilities without an issue")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> discardRefused(@RequestBody ActRequest request, FaradayUser user) {
        return act(REFUSED, DISCARD, request, user);
    }

    @PostMapping("/unknown/create-again")
    @Operation(summary = "Look for unknown issues once more, then create them")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> createAgain(@RequestBody ActRequest request, FaradayUser user) {
        return act(UNKNOWN, CREATE_AGAIN, request, user);
    }

    @PostMapping("/unknown/give-up")
    @Operation(summary = "End unknown exports without an issue")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> giveUp(@RequestBody ActRequest request, FaradayUser user) {
        return act(UNKNOWN, GIVE_UP, request, user);
    }

    @PostMapping("/conflicts/discard")
    @Operation(summary = "Take conflicts that were seen from the list")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update')")
    ResponseEntity<Report> discardConflicts(@RequestBody ActRequest request, FaradayUser user) {
        return act(CONFLICTS, DISCARD, request, user);
    }

    @PostMapping("/differs/follow-jira")
    @Operation(summary = "Make vulnerabilities that differ follow their issues, by group")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> followJira(@RequestBody ActRequest request, FaradayUser user) {
        return act(DIFFERS, FOLLOW_JIRA, request, user);
    }

    @PostMapping("/differs/follow-faraday")
    @Operation(summary = "Make issues that differ follow their vulnerabilities, by group")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<Report> followFaraday(@RequestBody ActRequest request, FaradayUser user) {
        return act(DIFFERS, FOLLOW_FARADAY, request, user);
    }

    @PostMapping("/dead-letters/replay")
    @Operation(summary = "Send dead letters to their queues again")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:update')")
    ResponseEntity<Report> replayLetters(@RequestBody ActRequest request, FaradayUser user) {
        return act(DEAD_LETTERS, REPLAY, request, user);
    }

    @PostMapping("/dead-letters/discard")
    @Operation(summary = "Discard dead letters")
    @AlsoAnswers(409)
    @PreAuthorize("hasAuthority('jira:delete')")
    ResponseEntity<Report> discardLetters(@RequestBody ActRequest request, FaradayUser user) {
        return act(DEAD_LETTERS, DISCARD, request, user);
    }

    private ResponseEntity<Report> act(InboxKind list, InboxAction action, ActRequest request, FaradayUser user) {
        Report report = inbox.act(list, action, new Choice(request.group(), request.ids()), request.confirm(), user);
        boolean otherNumber = request.confirm() != null && !report.confirmed();
        return ResponseEntity.status(otherNumber ? HttpStatus.CONFLICT : HttpStatus.OK)
                .body(report);
    }
}
