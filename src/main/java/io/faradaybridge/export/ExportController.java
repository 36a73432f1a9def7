package io.faradaybridge.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
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
    @PreAuthorize("hasAuthority('jira:create') and hasAuthority('vulnerabilities:update')")
    ResponseEntity<?> export(@RequestBody JsonNode body, Principal principal) {
        FaradayUser user = users.byUsername(principal.getName()).orElseThrow();
        long batch = reservation.reserve(ExportRequest.read(body), user, ExportReservation.API);
        camel.sendBody(ExportRoutes.WAKE, "");
        URI location = URI.create("/_api/v3/integrations/jira/exports/" + batch);
        return ResponseEntity.accepted()
                .location(location)
                .body(progress.find(batch).orElseThrow());
    }

    @GetMapping("/exports/{id}")
    @PreAuthorize("hasAuthority('jira:read')")
    ResponseEntity<?> progress(@PathVariable long id) {
        return progress.find(id).<ResponseEntity<?>>map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.status(404)
                .body(Map.of("message", "there is no export " + id)));
    }

    /** Server-sent events for a progress bar: the batch whenever it moved, until it is finished. */
    @GetMapping(path = "/exports/{id}/events", produces = "text/event-stream")
    @PreAuthorize("hasAuthority('jira:read')")
    SseEmitter events(@PathVariable long id) {
        return events.follow(id);
    }

    @ExceptionHandler(ExportRefused.class)
    ResponseEntity<?> refused(ExportRefused refused) {
        return ResponseEntity.badRequest()
                .body(Map.of("messages", Map.of("json", Map.of(refused.field(), List.of(refused.getMessage())))));
    }
}
