package io.faradaybridge.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Carries out every form of the console: the address names the method and the path of the one call that it makes, and
 * its controls are the body ({@link FormBody}). Controls of the form itself:
 *
 * <ul>
 *   <li>{@code _csrf} the session's token, without which the call is refused
 *   <li>{@code _form} the form's id, {@code _page} the page that it is on, shown again with the errors and all that was
 *       typed if the call is refused
 *   <li>{@code _next} the page after success, where {@code {key}} stands for a value of the answer; without it
 *       {@code _page} is shown with the answer, for a preview
 *   <li>{@code _done} the sentence on the next page
 *   <li>{@code _try} of a button with an address of its own: {@code _page} is shown with its answer and all that was typed
 * </ul>
 */
@Controller
@RequestMapping(ConsoleWeb.PATH + "/do")
class FormController {

    private final ApiCalls api;
    private final ObjectProvider<DispatcherServlet> servlet;

    FormController(ApiCalls api, ObjectProvider<DispatcherServlet> servlet) {
        this.api = api;
        this.servlet = servlet;
    }

    @PostMapping({"/{method}", "/{method}/**"})
    void carryOut(
            @PathVariable String method, InputStream body, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Map<String, List<String>> controls = controls(body);
        HttpMethod verb = HttpMethod.valueOf(method.toUpperCase(Locale.ROOT));
        Map<String, Object> json = FormBody.of(controls);
        boolean withBody = !json.isEmpty() || controls.containsKey("_object");
        Answer answer =
                api.call(request, verb, path(request, method), withBody ? json : null, first(controls, "_csrf"));
        answer.cookies().forEach(cookie -> response.addHeader(HttpHeaders.SET_COOKIE, cookie));
        String next = controls.containsKey(FormBody.TRY) ? null : first(controls, "_next");
        if (answer.ok() && next != null) {
            String done = first(controls, "_done");
            if (done != null) {
                response.addHeader(
                        HttpHeaders.SET_COOKIE,
                        Notice.saying(withWarnings(done, answer), request).toString());
            }
            redirect(request, response, filled(next, answer));
        } else {
            showAgain(controls, answer, request, response);
        }
    }

    private void showAgain(
            Map<String, List<String>> controls, Answer answer, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        InnerRequest page = new InnerRequest(request, HttpMethod.GET, ownAddress(first(controls, "_page")), null, null);
        String form = first(controls, "_form");
        page.setAttribute(FormOutcome.ATTRIBUTE, new FormOutcome(form == null ? "" : form, answer, controls));
        servlet.getObject().service(page, response);
    }

    static void redirect(HttpServletRequest request, HttpServletResponse response, String address) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + ownAddress(address));
    }

    /** Only pages of the console: a form of a forged page must not lead elsewhere. */
    static String ownAddress(@Nullable String address) {
        return address != null
                        && (address.equals(ConsoleWeb.PATH)
                                || address.startsWith(ConsoleWeb.PATH + "/")
                                || address.startsWith(ConsoleWeb.PATH + "?"))
                        && !address.startsWith(ConsoleWeb.PATH + "/do/")
                        && !address.contains("..")
                        && address.chars().allMatch(letter -> letter > ' ' && letter < 127)
                ? address
                : ConsoleWeb.PATH;
    }

    private static String path(HttpServletRequest request, String method) {
        String uri = request.getRequestURI();
        String start = request.getContextPath() + ConsoleWeb.PATH + "/do/" + method;
        String path = uri.length() > start.length() ? uri.substring(start.length() + 1) : "";
        String query = request.getQueryString();
        return query == null ? path : path + "?" + query;
    }

    /** The sentence, and in a line of its own each warning of the answer. */
    private static String withWarnings(String done, Answer answer) {
        return answer.body() instanceof Map<?, ?> body && body.get("warnings") instanceof List<?> warnings
                ? Stream.concat(Stream.of(done), warnings.stream().map(String::valueOf))
                        .collect(Collectors.joining("\n"))
                : done;
    }

    private static String filled(String next, Answer answer) {
        String filled = next;
        if (answer.body() instanceof Map<?, ?> body) {
            for (Map.Entry<?, ?> value : body.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", Page.encoded(String.valueOf(value.getValue())));
            }
        }
        return filled;
    }

    private static @Nullable String first(Map<String, List<String>> controls, String name) {
        List<String> values = controls.get(name);
        return values == null || values.get(0).isEmpty() ? null : values.get(0);
    }

    /** Read here, because the body has arrived before the web server could look for parameters in it. */
    private static Map<String, List<String>> controls(InputStream body) throws IOException {
        Map<String, List<String>> controls = new LinkedHashMap<>();
        for (String pair : new String(body.readAllBytes(), StandardCharsets.UTF_8).split("&", -1)) {
            int mark = pair.indexOf('=');
            if (mark > 0) {
                controls.computeIfAbsent(decoded(pair.substring(0, mark)), name -> new ArrayList<>())
                        .add(decoded(pair.substring(mark + 1)).replace("\r\n", "\n"));
            }
        }
        return controls;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
