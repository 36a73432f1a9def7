package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts and pictures: pages and forms of the console over HTTP, with one cookie. */
record Visitor(BridgeWorld world, String cookie) {

    static final String CONSOLE = "/jira-bridge";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    static Visitor nobody(BridgeWorld world) {
        return new Visitor(world, "a=b");
    }

    /** One of the sample's users, whose passwords are their names. */
    static Visitor signedIn(BridgeWorld world, String user) {
        HttpResponse<String> answer = nobody(world)
                .post(
                        "/do/post/session",
                        Map.of(
                                "text:/username",
                                user,
                                "text:/password",
                                user,
                                "_next",
                                CONSOLE,
                                "_page",
                                CONSOLE + "/sign-in"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return new Visitor(
                world, answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0]);
    }

    Visitor with(String anotherCookie) {
        return new Visitor(world, cookie + "; " + anotherCookie);
    }

    /** @param path below the console; what begins with the console's own path is taken as it is */
    HttpResponse<String> get(String path) {
        return world.send(request(path).build());
    }

    HttpResponse<String> post(String path, Map<String, String> controls) {
        String form = controls.entrySet().stream()
                .map(control -> encoded(control.getKey()) + "=" + encoded(control.getValue()))
                .collect(Collectors.joining("&"));
        return world.send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** A form of the page, with the token that the page carries. */
    HttpResponse<String> submit(String page, String form, String call, Map<String, String> controls) {
        Map<String, String> all = new HashMap<>(
                Map.of("_csrf", token(), "_form", form, "_page", CONSOLE + page, "_next", CONSOLE + page));
        all.putAll(controls);
        return post("/do/" + call, all);
    }

    String token() {
        Matcher token = TOKEN.matcher(get("").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(world.url(path.equals("/") ? path : CONSOLE + path))
                .header("Cookie", cookie)
                .header("Accept", "text/html");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
