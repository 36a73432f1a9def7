package io.faradaybridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.web.ApiTerms;
import io.faradaybridge.web.ErrorAnswers;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Calls the API within the process, as the person whose request is being answered. A call takes the way of every call
 * of the API behind sign-in: permission, body, validation and the form of errors are the same.
 */
@Component
class ApiCalls {

    static final String BASE = "/_api/v3/integrations/jira";

    /** Resolved late, because the servlet is created after the beans. */
    private final ObjectProvider<DispatcherServlet> servlet;

    private final ObjectMapper json;
    private final AuthenticationEntryPoint unknown;
    private final AccessDeniedHandler forbidden;

    ApiCalls(
            ObjectProvider<DispatcherServlet> servlet,
            ObjectMapper json,
            AuthenticationEntryPoint unknown,
            AccessDeniedHandler forbidden) {
        this.servlet = servlet;
        this.json = json;
        this.unknown = unknown;
        this.forbidden = forbidden;
    }

    Answer get(HttpServletRequest outer, String path) {
        return call(outer, HttpMethod.GET, path, null, null);
    }

    /**
     * @param path below the API's address, encoded, with its query; empty for the address itself
     * @param csrf the token of the form; a call that changes something is refused without it
     */
    Answer call(
            HttpServletRequest outer,
            HttpMethod method,
            String path,
            @Nullable Map<String, Object> body,
            @Nullable String csrf) {
        String address = path.isEmpty() || path.startsWith("?") ? BASE + path : BASE + "/" + path;
        boolean session = address.equals(ApiTerms.SESSION_PATH);
        // what the rule "any other request needs a user" is for calls from outside
        if (!session && !signedIn()) {
            return Answer.of(401, ErrorAnswers.body("nobody is signed in"));
        }
        InnerRequest request = new InnerRequest(outer, method, address, body == null ? null : written(body), csrf);
        InnerResponse response = new InnerResponse(outer, method);
        try {
            servlet.getObject().service(request, response);
            return new Answer(response.getStatus(), read(response), response.cookies());
        } catch (ServletException e) {
            return refused(request, response, e, address);
        } catch (IOException e) {
            throw new IllegalStateException("A call of the API within the process failed: " + address, e);
        }
    }

    /** With the words of the API's own sign-in, which are written by a filter for calls from outside. */
    private Answer refused(InnerRequest request, InnerResponse response, ServletException failure, String address) {
        try {
            if (failure.getCause() instanceof AccessDeniedException denied && signedIn()) {
                forbidden.handle(request, response, denied);
            } else if (failure.getCause() instanceof AuthenticationException failed) {
                unknown.commence(request, response, failed);
            } else if (failure.getCause() instanceof AccessDeniedException denied) {
                unknown.commence(
                        request, response, new InsufficientAuthenticationException("nobody is signed in", denied));
            } else {
                throw new IllegalStateException("A call of the API within the process failed: " + address, failure);
            }
            return new Answer(response.getStatus(), read(response), response.cookies());
        } catch (ServletException | IOException e) {
            throw new IllegalStateException("The refusal of a call could not be written: " + address, e);
        }
    }

    private static boolean signedIn() {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken);
    }

    private byte[] written(Map<String, Object> body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts, numbers and lists are always JSON", e);
        }
    }

    private @Nullable Object read(InnerResponse response) throws IOException {
        byte[] body = response.body();
        return body.length == 0 ? null : json.readValue(new String(body, StandardCharsets.UTF_8), Object.class);
    }
}
