package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.api.Takes;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.faraday.Reach;
import java.net.URI;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The API's export: asks for one, shows how far it is. Answers in Faraday's shapes. */
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

    /** 202 with the batch: everything exportable is reserved, the rest has its reason. */
    @PostMapping("/export")
    @Takes(ExportRequest.class)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PreAuthorize("hasAuthority('jira:create') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<ExportProgress.Batch> export(@RequestBody JsonNode body, FaradayUser caller) {
        long batch = reservation.reserve(ExportRequest.read(body), caller, ExportReservation.API);
        camel.sendBody(ExportRoutes.WAKE, "");
        return ResponseEntity.accepted()
                .location(URI.create("/_api/v3/integrations/jira/exports/" + batch))
                .body(progress.find(batch).orElseThrow());
    }

    /** One's own, or one whose vulnerabilities are all in one's workspaces; others do not exist. */
    @GetMapping("/exports/{id}")
    @PreAuthorize("hasAuthority('jira:read')")
    ExportProgress.Batch progress(@PathVariable long id, FaradayUser caller) {
        return progress.find(id, caller.id(), users.reach(caller.id()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no export " + id));
    }

    /** Server-sent events for a progress bar: the batch whenever it moved, until it is finished. */
    @GetMapping(path = "/exports/{id}/events", produces = "text/event-stream")
    @PreAuthorize("hasAuthority('jira:read')")
    SseEmitter events(@PathVariable long id, FaradayUser caller) {
        Reach reach = users.reach(caller.id());
        return events.follow(id, () -> progress.find(id, caller.id(), reach));
    }
}
