package io.faradaybridge.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * One page for the person who asked for it: the answers of the calls that it names, in a template. A call with
 * {@link #with} may fail, and its part of the page says why; one with {@link #needs} must succeed, or the whole page
 * says why not.
 */
final class Page implements View {

    private static final Logger log = LoggerFactory.getLogger(Page.class);

    private final PageTemplates templates;
    private final ApiCalls api;
    private final HttpServletRequest request;
    private final Map<String, Object> model = new LinkedHashMap<>();
    private String template = "problem";
    private int status;

    Page(PageTemplates templates, ApiCalls api, HttpServletRequest request, Map<String, Object> model, int status) {
        this.templates = templates;
        this.api = api;
        this.request = request;
        this.model.putAll(model);
        this.status = status;
    }

    /** @param template its name without {@code .ftlh} */
    Page show(String template) {
        this.template = template;
        return this;
    }

    /**
     * Gives the template the answer of a {@code GET}.
     *
     * @param path below the API's address, with {@code {}} for each of the parts, which are encoded here
     */
    Page with(String name, String path, Object... parts) {
        model.put(name, api.get(request, filled(path, parts)).shown());
        return this;
    }

    /** Like {@link #with}, for a call that the page is nothing without. */
    Page needs(String name, String path, Object... parts) {
        Answer answer = api.get(request, filled(path, parts));
        if (!answer.ok()) {
            throw new PageProblem(answer);
        }
        model.put(name, answer.shown());
        return this;
    }

    /** A call by another method that changes nothing, such as a preview. */
    Page asked(String name, HttpMethod method, String path, @Nullable Map<String, Object> body) {
        model.put(name, api.call(request, method, path, body, csrf()).shown());
        return this;
    }

    Page put(String name, Object value) {
        model.put(name, value);
        return this;
    }

    Page problem(int status, String message) {
        this.status = status;
        return show("problem").put("problem", message);
    }

    /** The address of a path of this service, as the browser reached it: for what a person enters in Jira. */
    String address(String path) {
        return ServletUriComponentsBuilder.fromContextPath(request).path(path).toUriString();
    }

    /** A parameter of the page's own address; empty if it is not there. */
    String parameter(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** All values of a parameter that may be there several times. */
    List<String> parameters(String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : List.of(values);
    }

    /** The body of an answer that the page has, to ask on with what is in it; empty if the call failed. */
    Map<?, ?> body(String name) {
        return model.get(name) instanceof Map<?, ?> answer
                        && Boolean.TRUE.equals(answer.get("ok"))
                        && answer.get("body") instanceof Map<?, ?> body
                ? body
                : Map.of();
    }

    /**
     * The parameters of the page's own address that are there and not empty, as the query of a call. The template sees
     * all of them as {@code query}.
     *
     * @return such as {@code ?project=SEC&page=2}; empty if none is there
     */
    String query(String... names) {
        StringBuilder query = new StringBuilder();
        Map<String, String> given = new LinkedHashMap<>();
        model.put("query", given);
        for (String name : names) {
            String value = parameter(name);
            given.put(name, value);
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(value));
            }
        }
        return query.toString();
    }

    private String csrf() {
        return model.get("user") instanceof Map<?, ?> user ? String.valueOf(user.get("csrf_token")) : "";
    }

    static String encoded(Object part) {
        return UriUtils.encode(String.valueOf(part), StandardCharsets.UTF_8);
    }

    private static String filled(String path, Object... parts) {
        String filled = path;
        for (Object part : parts) {
            int hole = filled.indexOf("{}");
            filled = filled.substring(0, hole) + encoded(part) + filled.substring(hole + 2);
        }
        return filled;
    }

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    private String html() {
        try {
            return templates.rendered(template, model);
        } catch (IllegalStateException failure) {
            log.error("The page {} could not be shown", template, failure);
            problem(500, "This page could not be shown. The log of the bridge says why");
            return templates.rendered(template, model);
        }
    }

    @Override
    public void render(@Nullable Map<String, ?> ignored, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] html = html().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(getContentType());
        if (model.containsKey("notice")) {
            response.addHeader(HttpHeaders.SET_COOKIE, Notice.shown(request).toString());
        }
        response.setContentLength(html.length);
        response.getOutputStream().write(html);
    }
}
