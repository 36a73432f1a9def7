package io.faradaybridge.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request exactly as it came over the wire: nothing decoded, nothing normalised. */
final class RawRequest {

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers;
    private final byte[] body;
    private final Runnable betweenIssues;

    RawRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {
        this(method, target, headers, body, () -> {});
    }

    private RawRequest(
            String method, String target, Map<String, List<String>> headers, byte[] body, Runnable betweenIssues) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.betweenIssues = betweenIssues;
    }

    String method() {
        return method;
    }

    String rawPath() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    String rawQuery() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    String target() {
        return target;
    }

    Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    byte[] body() {
        return body;
    }

    String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean hasForm() {
        return header("Content-Type")
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
    }

    JsonNode json() {
        return Json.parse(body);
    }

    Optional<String> query(String name) {
        return parameters(rawQuery(), name).stream().findFirst();
    }

    Optional<String> form(String name) {
        return hasForm() ? parameters(bodyText(), name).stream().findFirst() : Optional.empty();
    }

    int queryNumber(String name, int otherwise) {
        return query(name).map(RawRequest::number).orElse(otherwise);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refusal.ofFramework(404, "null for uri: not a number: " + text);
        }
    }

    /** Called between the single creations of a bulk; slow when Jira is meant to finish long after the caller hung up. */
    void pause() {
        betweenIssues.run();
    }

    RawRequest pausing(Runnable between) {
        return new RawRequest(method, target, headers, body, between);
    }

    RawRequest withoutCredentials() {
        Map<String, List<String>> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(headers);
        fewer.remove("Authorization");
        return new RawRequest(method, target, fewer, body, betweenIssues);
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Map<String, List<String>> queryParameters() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : rawQuery().isEmpty() ? new String[0] : rawQuery().split("&")) {
            String name = decode(pair.split("=", 2)[0]);
            all.computeIfAbsent(name, first -> parameters(rawQuery(), first));
        }
        return all;
    }

    private static List<String> parameters(String encoded, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (decode(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
                values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }
}
