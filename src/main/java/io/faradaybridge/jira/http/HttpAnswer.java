package io.faradaybridge.jira.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer of Jira or of a proxy in front of it.
 *
 * @param headers by name, ignoring case
 * @param parsed the body as JSON; a MissingNode if it is empty, null if it is not JSON
 */
public record HttpAnswer(
        int status,
        Map<String, String> headers,
        String text,
        @Nullable JsonNode parsed) {

    public static HttpAnswer of(int status, Map<String, String> headers, byte[] body, ObjectMapper mapper) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return new HttpAnswer(status, anyCase, new String(body, StandardCharsets.UTF_8), parse(body, mapper));
    }

    public static HttpAnswer in(Message message, ObjectMapper mapper) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        message.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        byte[] body = message.getBody(byte[].class);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return of(status, headers, body == null ? new byte[0] : body, mapper);
    }

    private static @Nullable JsonNode parse(byte[] body, ObjectMapper mapper) {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return mapper.readTree(body);
        } catch (IOException notJson) {
            return null;
        }
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public JsonNode json() {
        return parsed == null ? MissingNode.getInstance() : parsed;
    }

    public boolean isJson() {
        return parsed != null && (parsed.isContainerNode() || parsed.isMissingNode());
    }

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The account that an answer was given to, by its headers. */
    public enum Served {
        US,
        /** An anonymous visitor. Some Jiras answer expired tokens so. */
        NOBODY,
        UNTOLD
    }

    /**
     * Data Center names the user in {@code X-AUSERNAME}, Cloud the account; both may also report the check of the
     * credentials.
     */
    public Served served() {
        String user = header("X-AUSERNAME").strip();
        Set<String> loginReasons =
                Set.copyOf(Arrays.asList(header("X-Seraph-LoginReason").split("[\\[\\],\\s]+")));
        boolean known = loginReasons.contains("OK");
        boolean denied =
                loginReasons.contains("AUTHENTICATED_FAILED") || loginReasons.contains("AUTHENTICATION_DENIED");
        if (user.equalsIgnoreCase("anonymous") || (denied && !known)) {
            return Served.NOBODY;
        }
        return known || !user.isEmpty() || !header("X-AACCOUNTID").isBlank() ? Served.US : Served.UNTOLD;
    }

    /** The same answer, to a call without credentials. */
    public HttpAnswer toAnybody() {
        Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        others.putAll(headers);
        others.remove("X-AUSERNAME");
        return new HttpAnswer(status, others, text, parsed);
    }

    /** The clock of the answering server, or null. */
    @Nullable
    public Instant date() {
        return httpDate(header("Date"));
    }

    public static @Nullable Instant httpDate(String text) {
        try {
            return text.isEmpty()
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
