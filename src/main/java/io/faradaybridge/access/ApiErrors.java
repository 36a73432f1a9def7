package io.faradaybridge.access;

import io.faradaybridge.api.Refusal;
import io.faradaybridge.jira.JiraFailure;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Errors of the API in Faraday's shapes; never an exception's text or trace. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ApiErrors {

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    @ExceptionHandler(Refusal.class)
    ResponseEntity<?> refused(Refusal refusal) {
        return ResponseEntity.badRequest().body(Map.of("messages", Map.of("json", refusal.fields())));
    }

    /** Somebody else saved meanwhile. */
    @ExceptionHandler(OptimisticLockingFailureException.class)
    ResponseEntity<?> overtaken(OptimisticLockingFailureException error) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("message", String.valueOf(error.getMessage())));
    }

    /** Jira was asked on a person's behalf and did not give what was needed; its message says what to do. */
    @ExceptionHandler(JiraFailure.class)
    ResponseEntity<?> jiraFailed(JiraFailure failure) {
        return ResponseEntity.status(HttpStatus.BAD_GATEWAY)
                .body(Map.of("message", String.valueOf(failure.getMessage())));
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<?> unreadable(HttpMessageNotReadableException error) {
        return ResponseEntity.badRequest()
                .body(Map.of("messages", Map.of("json", Map.of("body", List.of("must be a JSON object")))));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<?> mistyped(MethodArgumentTypeMismatchException error) {
        return ResponseEntity.badRequest()
                .body(Map.of(
                        "messages", Map.of("query", Map.of(error.getName(), List.of("is not of the right kind")))));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<?> databaseAway(Exception error) {
        log.warn("A request was answered 503, the database failed: {}", error.getMessage());
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header("Retry-After", "10")
                .body(Map.of("message", "the database does not answer; try again in a moment"));
    }

    /** Whoever followed an export closed the page. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone(AsyncRequestNotUsableException gone) {
        log.debug("A caller went away: {}", gone.getMessage());
    }

    /** Spring Security turns it into 403 or 401. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void denied(RuntimeException denied) {
        throw denied;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<?> other(Exception error) {
        if (error instanceof ErrorResponse known) {
            return ResponseEntity.status(known.getStatusCode())
                    .headers(known.getHeaders())
                    .body(Map.of("message", String.valueOf(known.getBody().getDetail())));
        }
        log.error("A request could not be answered", error);
        return ResponseEntity.internalServerError().body(Map.of("success", false, "message", "Internal Server Error"));
    }
}
