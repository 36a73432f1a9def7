package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every page and form of the console keeps: sign-in, permissions, the token of a form, and a strict policy. */
class ConsoleEntranceTest {

    private static final String CONSOLE = "/jira-bridge";
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/jira-bridge/static/[^\"#]+)\"");

    private BridgeWorld world;

    @BeforeEach
    void enter() {
        world = BridgeWorld.shared();
    }

    private HttpResponse<String> get(String path, String cookie) {
        return new Visitor(world, cookie).get(path.replaceFirst("^" + CONSOLE, ""));
    }

    private HttpResponse<String> post(String path, String cookie, Map<String, String> controls) {
        return new Visitor(world, cookie).post(path.replaceFirst("^" + CONSOLE, ""), controls);
    }

    /** The form that switches the integration off, on the first page. */
    private HttpResponse<String> switchOff(String cookie, Map<String, String> more) {
        Map<String, String> controls = new HashMap<>(Map.of("yes:/enabled", "false", "_page", CONSOLE));
        controls.putAll(more);
        return post(CONSOLE + "/do/put/enabled", cookie, controls);
    }

    private static String encoded(String text) {
        return Visitor.encoded(text);
    }

    private String signedIn(String user) {
        return Visitor.signedIn(world, user).cookie();
    }

    private String token(String cookie) {
        return new Visitor(world, cookie).token();
    }

    private boolean enabled() {
        return world.rows()
                .sql("SELECT value ->> 'enabled' FROM configuration WHERE key = 'jira_integration'")
                .query(Boolean.class)
                .single();
    }

    @Test
    void a_page_leads_to_the_sign_in_and_back() {
        HttpResponse<String> answer = get(CONSOLE + "/projects?query=a%20b", "a=b");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .isEqualTo(CONSOLE + "/sign-in?next=" + encoded(CONSOLE + "/projects?query=a%20b"));
        assertThat(get("/", "a=b").headers().firstValue("Location").orElseThrow())
                .endsWith(CONSOLE);
    }

    @Test
    void a_wrong_password_is_said_on_the_page_and_the_name_stays() {
        HttpResponse<String> answer = post(
                CONSOLE + "/do/post/session",
                "a=b",
                Map.of(
                        "_form", "sign-in",
                        "_page", CONSOLE + "/sign-in",
                        "_next", CONSOLE,
                        "text:/username", "faraday\"><script>",
                        "text:/password", "wrong-secret"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("ign in with the name and password")
                .contains("value=\"faraday&quot;&gt;&lt;script&gt;\"")
                .doesNotContain("wrong-secret");
    }

    @Test
    void nothing_but_files_of_the_console_may_run_in_a_page() {
        HttpResponse<String> answer = get(CONSOLE, signedIn("faraday"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.body())
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("\\sstyle=");
    }

    private HttpResponse<byte[]> transferred(String path, String cookie) {
        HttpRequest request = HttpRequest.newBuilder(world.url(path))
                .header("Cookie", cookie)
                .header("Accept-Encoding", "gzip")
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofByteArray())
                .join();
    }

    /** A page's length would tell its token, if it were compressed beside what others wrote. */
    @Test
    void what_is_the_same_for_everybody_is_sent_compressed_and_pages_are_not() {
        String cookie = signedIn("faraday");
        HttpResponse<byte[]> page = transferred(CONSOLE, cookie);
        assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
        int sum = page.body().length;
        Matcher file = FILE.matcher(new String(page.body(), StandardCharsets.UTF_8));
        int files = 0;
        while (file.find()) {
            HttpResponse<byte[]> answer = transferred(file.group(1), cookie);
            assertThat(answer.headers().firstValue("Content-Encoding").isPresent() || answer.body().length < 2_048)
                    .as(file.group(1))
                    .isTrue();
            sum += answer.body().length;
            files++;
        }
        assertThat(files).isGreaterThanOrEqualTo(4);
        assertThat(sum).isLessThan(150_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "forged"})
    void a_form_without_the_sessions_token_does_nothing(String forged) {
        HttpResponse<String> answer = switchOff(signedIn("faraday"), Map.of("_csrf", forged, "_next", CONSOLE));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(enabled()).isTrue();
    }

    @Test
    void a_form_of_another_site_does_nothing() {
        String cookie = signedIn("faraday");
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(world.url(CONSOLE + "/do/put/enabled"))
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("yes:/enabled=false&_csrf=" + encoded(token(cookie))))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(enabled()).isTrue();
    }

    @Test
    void a_form_of_somebody_who_is_not_signed_in_does_nothing() {
        HttpResponse<String> answer = switchOff("a=b", Map.of("_next", CONSOLE));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).contains("/sign-in");
        assertThat(enabled()).isTrue();
    }

    @Test
    void a_form_with_its_token_is_carried_out_and_leads_on() {
        String cookie = signedIn("faraday");
        HttpResponse<String> answer = switchOff(
                cookie, Map.of("_csrf", token(cookie), "_next", CONSOLE + "/health", "_done", "Switched <off>"));
        boolean after = enabled();
        world.configure("jsonb_set(value, '{enabled}', 'true')");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(CONSOLE + "/health");
        assertThat(after).isFalse();
        String notice = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        assertThat(get(CONSOLE, cookie + "; " + notice).body()).contains("Switched &lt;off&gt;");
    }

    @Test
    void what_the_role_does_not_allow_is_refused_with_the_permission() {
        String cookie = signedIn("client");
        HttpResponse<String> answer =
                switchOff(cookie, Map.of("_csrf", token(cookie), "_form", "enable", "_next", CONSOLE));
        HttpResponse<String> page = get(CONSOLE + "/connection", cookie);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(enabled()).isTrue();
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("it needs the permission integrations_auth:read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/jira-bridge/../x", "/jira-bridgeevil", "/x"})
    void a_form_leads_to_pages_of_the_console_only(String elsewhere) {
        HttpResponse<String> answer = post(
                CONSOLE + "/do/post/session",
                "a=b",
                Map.of("text:/username", "faraday", "text:/password", "faraday", "_next", elsewhere));

        assertThat(answer.headers().firstValue("Location")).hasValue(CONSOLE);
    }

    @Test
    void a_page_that_does_not_exist_is_said_as_a_page() {
        HttpResponse<String> answer = get(CONSOLE + "/nowhere", signedIn("faraday"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("There is no such page");
    }

    @Test
    void signing_out_ends_the_session_of_the_browser() {
        String cookie = signedIn("faraday");
        HttpResponse<String> answer = post(
                CONSOLE + "/do/delete/session",
                cookie,
                Map.of("_csrf", token(cookie), "_page", CONSOLE, "_next", CONSOLE + "/sign-in"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie")).anyMatch(set -> set.contains("Max-Age=0"));
    }

    @Test
    void a_form_with_a_control_of_an_unknown_kind_is_refused_with_words() {
        String cookie = signedIn("faraday");

        HttpResponse<String> answer = switchOff(cookie, Map.of("_csrf", token(cookie), "word:/enabled", "x"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("This form cannot be used: word is no kind of a form");
    }
}
