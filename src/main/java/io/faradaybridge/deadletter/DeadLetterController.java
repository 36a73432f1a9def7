package io.faradaybridge.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.faradaybridge.deadletter.DeadLetter.Answer;
import io.faradaybridge.deadletter.DeadLetter.State;
import io.faradaybridge.faraday.FaradayUsers;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.web.ErrorAnswers;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The API's dead letters: list, read, replay after the cause is removed, or discard. */
@RestController
@RequestMapping("/_api/v3/integrations/jira/dead-letters")
class DeadLetterController {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterController.class);

    private final DeadLetters letters;
    private final FaradayUsers users;

    DeadLetterController(DeadLetters letters, FaradayUsers users) {
        this.letters = letters;
        this.users = users;
    }

    /** @param bodyBase64 the original bytes; null if the message was text, so that {@code body} is complete */
    record Whole(@JsonUnwrapped DeadLetter letter, @Nullable String bodyBase64) {}

    /** Newest first, each with the beginning of its body. */
    @GetMapping
    @Operation(summary = "List the messages that nobody could use")
    @PreAuthorize("hasAuthority('jira:read')")
    List<DeadLetter> list(
            @RequestParam(required = false) @Nullable State state,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "100") int limit,
            FaradayUser caller) {
        return letters.list(state, before, limit, users.reach(caller.id()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show one such message")
    @PreAuthorize("hasAuthority('jira:read')")
    Whole show(@PathVariable long id, FaradayUser caller) {
        known(id, caller);
        return whole(id);
    }

    private Whole whole(long id) {
        DeadLetter letter = letters.find(id).orElseThrow(() -> unknown(id));
        return new Whole(letter, letter.text() ? null : Base64.getEncoder().encodeToString(letters.body(id)));
    }

    @PostMapping("/{id}/replay")
    @Operation(summary = "Send such a message to its queue again")
    @PreAuthorize("hasAuthority('jira:update')")
    Whole replay(@PathVariable long id, FaradayUser caller) {
        known(id, caller);
        try {
            return after(letters.replay(id, caller.username()), id);
        } catch (IllegalStateException e) {
            log.warn("Dead letter {} could not be replayed", id, e);
            throw ErrorAnswers.unavailable(e.getMessage());
        }
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Discard such a message")
    @PreAuthorize("hasAuthority('jira:delete')")
    Whole discard(@PathVariable long id, FaradayUser caller) {
        known(id, caller);
        return after(letters.discard(id, caller.username()), id);
    }

    /** A dead letter of a workspace that the caller may not enter is answered 404. */
    private void known(long id, FaradayUser caller) {
        if (!letters.within(users.reach(caller.id()), id)) {
            throw unknown(id);
        }
    }

    private Whole after(Answer answer, long id) {
        return switch (answer) {
            case DONE -> whole(id);
            case UNKNOWN -> throw unknown(id);
            case NOT_WAITING -> {
                DeadLetter letter = letters.find(id).orElseThrow(() -> unknown(id));
                throw ErrorAnswers.conflict(
                        "dead letter " + id + " was " + letter.state().column() + " already, by " + letter.stateBy());
            }
            case NO_WAY_BACK ->
                throw ErrorAnswers.conflict("dead letter " + id
                        + " did not come from a queue that it could be sent to again; read its cause, then discard it");
        };
    }

    private static ResponseStatusException unknown(long id) {
        return ErrorAnswers.notFound("there is no dead letter " + id);
    }
}
