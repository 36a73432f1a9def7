package io.faradaybridge.console;

import io.faradaybridge.web.KeptBody;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * A request of another address by the sender of a request that has arrived: the same user, connection and cookies, but
 * its own method, address, parameters, body and attributes.
 */
final class InnerRequest extends KeptBody {

    private static final byte[] NOTHING = new byte[0];

    private final HttpMethod method;
    private final String path;
    private final @Nullable String query;
    private final Map<String, String[]> parameters = new LinkedHashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final int length;

    /** @param address within the application, encoded, with its query */
    InnerRequest(
            HttpServletRequest outer,
            HttpMethod method,
            String address,
            byte @Nullable [] body,
            @Nullable String csrf) {
        super(outer, body == null ? NOTHING : body);
        this.method = method;
        int mark = address.indexOf('?');
        this.path = mark < 0 ? address : address.substring(0, mark);
        this.query = mark < 0 ? null : address.substring(mark + 1);
        this.length = body == null ? 0 : body.length;
        MultiValueMap<String, String> given =
                UriComponentsBuilder.newInstance().query(query).build().getQueryParams();
        given.forEach((name, values) -> parameters.put(
                decoded(name), values.stream().map(InnerRequest::decoded).toArray(String[]::new)));
        headers.put("accept", "application/json");
        if (body != null) {
            headers.put("content-type", "application/json");
            headers.put("content-length", String.valueOf(body.length));
        }
        if (csrf != null) {
            headers.put("x-csrf-token", csrf);
        }
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : UriUtils.decode(text.replace('+', ' '), StandardCharsets.UTF_8);
    }

    @Override
    public String getMethod() {
        return method.name();
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + path;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        int end = url.length() - super.getRequestURI().length();
        return url.replace(Math.max(0, end), url.length(), getRequestURI());
    }

    @Override
    public String getServletPath() {
        return UriUtils.decode(path, StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    /** Those of the page's own request that say who sent it, never its validators, its body or the token of a script. */
    @Override
    public @Nullable String getHeader(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return headers.containsKey(key) || hidden(key) ? headers.get(key) : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = getHeader(name);
        return value == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    private static boolean hidden(String name) {
        return name.startsWith("if-")
                || name.startsWith("content-")
                || name.equals("transfer-encoding")
                || name.equals("x-csrf-token")
                || name.equals("range")
                || name.equals("origin");
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("content-type");
    }

    @Override
    public int getContentLength() {
        return length;
    }

    @Override
    public long getContentLengthLong() {
        return length;
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(List.copyOf(attributes.keySet()));
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        attributes.remove(name);
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }
}
