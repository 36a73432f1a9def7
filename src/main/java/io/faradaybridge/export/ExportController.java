package io.faradaybridge.export;

import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The calls of the API that request an export and show its progress. */
@RestController
@RequestMapping("/_api/v3/integrations/jira")
class ExportController {

    private final ExportReservation reservation;
    private final ExportProgress progress;
    private final ExportEvents events;
    private final FaradayUsers users;
    private final ProducerTemplate camel;

    ExportController(
            ExportReservation reservation,
            ExportProgress progress,
            ExportEvents events,
            FaradayUsers users,
            ProducerTemplate camel) {
        this.reservation = reservation;
        this.progress = progress;
        this.events = events;
        this.users = users;
        this.camel = camel;
    }

    /** 202 with the batch: vulnerabilities that can be exported are reserved, the others have a reason. */
    @PostMapping("/export")
    @Operation(summary = "Export vulnerabilities to a project")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasAuthority('jira:create') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<ExportProgress.Batch> export(@RequestBody ExportRequest request, FaradayUser caller) {
        long batch = reservation.reserve(request, caller, ExportReservation.API);
        camel.sendBody(ExportRoutes.WAKE, "");
        return ResponseEntity.accepted()
                .location(URI.create("/_api/v3/integrations/jira/exports/" + batch))
                .body(progress.find(batch).orElseThrow());
    }

    /** Newest first; {@code before} is the last id of the previous page, {@code limit} at most 200. */
    @GetMapping("/exports")
    @Operation(summary = "List exports, newest first")
    @PreAuthorize("hasAuthority('jira:read')")
    List<ExportProgress.Batch> list(
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "50") int limit,
            FaradayUser caller) {
        return progress.page(before, limit, caller.id(), users.reach(caller.id()));
    }

    /**
     * The caller's own batch, or one with all vulnerabilities in the caller's workspaces; any other is answered 404.
     */
    @GetMapping("/exports/{id}")
    @Operation(summary = "Show how far an export is")
    @PreAuthorize("hasAuthority('jira:read')")
    ExportProgress.Batch progress(@PathVariable long id, FaradayUser caller) {
        return progress.find(id, caller.id(), users.reach(caller.id()))
                .orElseThrow(() -> ErrorAnswers.notFound("there is no export " + id));
    }

    /**
     * Server-sent events for a progress bar: {@code progress} with the batch after each change, and {@code finished} at
     * the end, after which a browser has to close the stream: otherwise it connects again.
     */
    @GetMapping(path = "/exports/{id}/events", produces = "text/event-stream")
    @Operation(summary = "Follow an export by server-sent events")
    @PreAuthorize("hasAuthority('jira:read')")
    SseEmitter events(@PathVariable long id, FaradayUser caller) {
        return events.follow(
                id,
                () -> progress.counts(id),
                () -> users.permissions(caller.id()).contains("jira:read")
                        ? progress.find(id, caller.id(), users.reach(caller.id()))
                        : Optional.empty());
    }
}
