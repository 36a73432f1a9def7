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

/** Faraday's two forms of errors, for calls, filters, routes and the web server. */
public final class ErrorAnswers {

    public static final String DATABASE_AWAY = "the database does not answer; try again in a moment";

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

    /** 404: it does not exist, or the caller may not see it. */
    public static ResponseStatusException notFound(String message) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, message);
    }

    /** 503: not possible now. */
    public static ResponseStatusException unavailable(@Nullable String message) {
        return new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, message);
    }

    public static void databaseAway(HttpServletResponse response) throws IOException {
        write(response, 503, 10, DATABASE_AWAY);
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
        // not closed: the answer ends with the request, whose body may still arrive
        response.getWriter().write(json(message));
    }

    static String json(@Nullable String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message).toString();
    }
}
