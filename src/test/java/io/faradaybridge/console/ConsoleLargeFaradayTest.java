package io.faradaybridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SampleVulnerabilities;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages beside a Faraday of a hundred thousand vulnerabilities, half of them linked. */
@Tag("long")
class ConsoleLargeFaradayTest {

    private static final int ALL = 100_000;
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/jira-bridge/static/[^\"#]+)");

    private static BridgeWorld world;
    private static Visitor visitor;

    @BeforeAll
    static void start() {
        world = BridgeWorld.asleep(SandboxJira.Options.dataCenter());
        SampleVulnerabilities.insertMany(world.database().dataSource(), ALL, ALL / 2);
        world.start();
        visitor = Visitor.signedIn(world, "faraday");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/connection",
                "/projects",
                "/projects/add",
                "/projects/SEC",
                "/projects/SEC/fields",
                "/projects/SEC/mapping",
                "/projects/SEC/rule",
                "/projects/SEC/updates",
                "/vulnerabilities",
                "/vulnerabilities?linked=true",
                "/vulnerabilities?in_step=true",
                "/vulnerabilities?severity=high&sort=name",
                "/exports",
                "/inbox",
                "/inbox/blocked",
                "/activity",
                "/activity/charts",
                "/tokens",
                "/health",
                "/flows"
            })
    void each_first_page_comes_at_once_and_is_small(String path) {
        get(path); // the first request of a process takes longer
        long started = System.nanoTime();
        String html = get(path);
        long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
        int bytes = html.getBytes(StandardCharsets.UTF_8).length + filesOf(html);
        System.out.println(ALL + " vulnerabilities: " + path + " takes " + millis + " ms, " + bytes + " bytes");
        if (path.startsWith("/vulnerabilities")) {
            assertThat(html).contains("1 to 50 of");
        }
        assertThat(bytes).isLessThan(150_000);
        assertThat(millis).as("far beyond the half second of a quiet machine").isLessThan(10_000);
    }

    private static String get(String path) {
        HttpResponse<String> answer = visitor.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    /** As many bytes as its style, scripts and pictures are sent in. */
    private static int filesOf(String html) {
        return FILE.matcher(html)
                .results()
                .map(file -> file.group(1))
                .distinct()
                .mapToInt(file -> HttpClient.newHttpClient()
                        .sendAsync(
                                HttpRequest.newBuilder(world.url(file))
                                        .header("Accept-Encoding", "gzip")
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .join()
                        .body()
                        .length)
                .sum();
    }
}
