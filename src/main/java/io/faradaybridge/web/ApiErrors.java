package io.faradaybridge.web;

import io.faradaybridge.jira.JiraFailure;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns exceptions of the API into Faraday's two forms of errors. They are always JSON, whatever the caller accepts,
 * and never hold the text or trace of an unknown exception.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ApiErrors {

    private static final Logger log = LoggerFactory.getLogger(ApiErrors.class);

    private static ResponseEntity.BodyBuilder json(int status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }

    private static ResponseEntity<?> answer(HttpStatus status, @Nullable String message) {
        return json(status.value()).body(ErrorAnswers.body(message));
    }

    @ExceptionHandler(InvalidRequest.class)
    ResponseEntity<?> refused(InvalidRequest refusal) {
        return json(400).body(ErrorAnswers.body(refusal.fields()));
    }

    /** Another user has saved a change meanwhile. */
    @ExceptionHandler(OptimisticLockingFailureException.class)
    ResponseEntity<?> overtaken(OptimisticLockingFailureException error) {
        return answer(HttpStatus.CONFLICT, error.getMessage());
    }

    /** A call of Jira for a user failed; the message says what to do. */
    @ExceptionHandler(JiraFailure.class)
    ResponseEntity<?> jiraFailed(JiraFailure failure) {
        return answer(HttpStatus.BAD_GATEWAY, failure.getMessage());
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<?> unreadable(HttpMessageNotReadableException error) {
        return refused(new InvalidRequest("body", "must be a JSON object"));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<?> mistyped(MethodArgumentTypeMismatchException error) {
        return refused(new InvalidRequest(error.getName(), "must be " + RequestRecords.kind(error.getRequiredType())));
    }

    @ExceptionHandler(NoResourceFoundException.class)
    ResponseEntity<?> noSuchCall(NoResourceFoundException error) {
        return answer(
                HttpStatus.NOT_FOUND,
                "there is nothing at /" + error.getResourcePath()
                        + "; GET openapi.json lists all paths, each without a slash at its end");
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    ResponseEntity<?> notJson(HttpMediaTypeNotSupportedException error) {
        String given = error.getContentType() == null
                ? "of no type"
                : error.getContentType().getType() + "/"
                        + error.getContentType().getSubtype();
        return json(415)
                .headers(error.getHeaders())
                .body(ErrorAnswers.body("the body must be application/json, this one is " + given
                        + "; send it with the header Content-Type: application/json"));
    }

    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class)
    ResponseEntity<?> notAcceptable(HttpMediaTypeNotAcceptableException error) {
        return answer(
                HttpStatus.NOT_ACCEPTABLE,
                "there is no answer in the format of the header Accept; possible are "
                        + (error.getSupportedMediaTypes().isEmpty()
                                ? "application/json"
                                : MediaType.toString(error.getSupportedMediaTypes())));
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    ResponseEntity<?> noSuchMethod(HttpRequestMethodNotSupportedException error) {
        Set<?> possible = error.getSupportedHttpMethods() == null ? Set.of() : error.getSupportedHttpMethods();
        return json(405)
                .headers(error.getHeaders())
                .body(ErrorAnswers.body(error.getMethod() + " is not possible here; possible are " + possible));
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<?> databaseAway(Exception error) {
        log.warn("A request was answered 503, because the database failed: {}", error.getMessage());
        return json(503).header("Retry-After", "10").body(ErrorAnswers.body(ErrorAnswers.DATABASE_AWAY));
    }

    /** The client that followed an export has disconnected. */
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone(AsyncRequestNotUsableException gone) {
        log.debug("A caller has disconnected: {}", gone.getMessage());
    }

    /** Spring Security turns it into 403 or 401. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void denied(RuntimeException denied) {
        throw denied;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<?> other(Exception error) {
        if (error instanceof ErrorResponse known) {
            return json(known.getStatusCode().value())
                    .headers(known.getHeaders())
                    .body(ErrorAnswers.body(known.getBody().getDetail()));
        }
        log.error("A request could not be answered", error);
        return json(500).body(Map.of("success", false, "message", "Internal Server Error"));
    }
}
