package io.faradaybridge.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Errors in Faraday's two shapes, by whatever they are answered: a call, a filter, a route or the web server itself. */
public final class ErrorAnswers {

    private ErrorAnswers() {}

    /** {@code {"message": "<what happened, to what, and what to do>"}}. */
    public static Map<String, Object> body(@Nullable String message) {
        return Map.of("message", String.valueOf(message));
    }

    /** {@code {"messages": {"json": {"<field>": ["<why>"]}}}}. */
    public static Map<String, Object> body(Map<String, List<String>> fields) {
        return Map.of("messages", Map.of("json", fields));
    }

    /** 409: the request does not fit what is stored now. */
    public static ResponseStatusException conflict(@Nullable String message) {
        return new ResponseStatusException(HttpStatus.CONFLICT, message);
    }

    /** 404: there is no such thing, or not for the caller. */
    public static ResponseStatusException notFound(String message) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, message);
    }

    /** 503: not now. */
    public static ResponseStatusException unavailable(@Nullable String message) {
        return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, message);
    }

    public static void databaseAway(HttpServletResponse response) throws IOException {
        write(response, 503, 10, "the database does not answer; try again in a moment");
    }

    /** @param secondsToWait as {@code Retry-After} */
    public static void write(HttpServletResponse response, int status, long secondsToWait, @Nullable String message)
            throws IOException {
        response.setHeader("Retry-After", String.valueOf(secondsToWait));
        write(response, status, message);
    }

    public static void write(HttpServletResponse response, int status, @Nullable String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        // not closed: the answer is over when the request is, whose body may still be on its way
        response.getWriter().write(json(message));
    }

    static String json(@Nullable String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message).toString();
    }
}
