package io.faradaybridge.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Errors that are answered before or beside a controller: in Faraday's shape, and no more than anybody may know. */
@Component
public class ErrorAnswers {

    private final ObjectMapper json;

    ErrorAnswers(ObjectMapper json) {
        this.json = json;
    }

    public void databaseAway(HttpServletResponse response) throws IOException {
        response.setHeader("Retry-After", "10");
        write(response, 503, "the database does not answer; try again in a moment");
    }

    public void write(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        // not closed: the answer is over when the request is, whose body may still be on its way
        response.getWriter().write(json.writeValueAsString(Map.of("message", message)));
    }
}
