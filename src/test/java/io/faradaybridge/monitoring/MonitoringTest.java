package io.faradaybridge.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.Markdown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The alert rules, the dashboard and the page of operations name what a bridge at work serves, and nothing else. */
class MonitoringTest {

    private static final Path RULES = Path.of("monitoring/alerts.yaml");
    private static final Path RULE_TESTS = Path.of("src/test/resources/monitoring/alerts-test.yaml");
    private static final Path DASHBOARD = Path.of("monitoring/dashboard.json");
    private static final Markdown OPERATIONS = Markdown.of("docs/operations.md");
    /** As the page names a metric: with its labels. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("`((?:bridge|camel|hikaricp|http|jvm|logback|process)_\\w+)(?:\\{([^}]*)})?`");

    private static final Pattern PART_OF_A_TIMER = Pattern.compile("(_seconds)_(bucket|count|sum|max)$");

    private static String scrape;
    private static Map<String, List<Map<String, String>>> served;

    @BeforeAll
    static void work() {
        BridgeWorld world = BridgeWorld.shared();
        Link link = Link.exported(world, "SEC");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        System.gc(); // the figures of collections are there once there was one
        await().untilAsserted(() -> {
            scrape = world.observe("metrics");
            served = Selector.scraped(scrape);
            assertThat(served).containsKey("jvm_gc_pause_seconds_sum");
        });
    }

    @Test
    void each_metric_of_the_rules_and_the_dashboard_is_served_with_these_labels_and_documented() throws IOException {
        Set<String> documented = documented().keySet();
        List<String> expressions = Stream.concat(
                        alerts().stream().map(alert -> String.valueOf(alert.get("expr"))), queries())
                .toList();

        assertThat(expressions).hasSizeGreaterThan(60).allSatisfy(expression -> assertThat(Selector.in(expression))
                .as(expression)
                .isNotEmpty()
                .allSatisfy(selector -> {
                    assertThat(selector.chooses(served))
                            .as(selector + " chooses a series")
                            .isTrue();
                    assertThat(documented)
                            .as("metrics in docs/operations.md")
                            .containsAnyOf(selector.metric(), base(selector.metric()), sumOf(selector.metric()));
                }));
    }

    @Test
    void each_documented_metric_is_served_with_these_labels() {
        assertThat(documented()).isNotEmpty().allSatisfy((metric, labels) -> assertThat(
                        served.getOrDefault(metric, served.getOrDefault(metric + "_count", List.of())))
                .as(metric)
                .isNotEmpty()
                .allSatisfy(series -> {
                    if (metric.startsWith("bridge_")) {
                        assertThat(series.keySet()).isEqualTo(labels);
                    } else {
                        assertThat(series.keySet()).containsAll(labels);
                    }
                }));
    }

    @Test
    void a_counter_ends_with_total_a_time_with_seconds_and_each_metric_is_described() {
        Map<String, String> types = new TreeMap<>();
        Matcher type = Pattern.compile("(?m)^# TYPE (bridge_\\w+) (\\w+)$").matcher(scrape);
        while (type.find()) {
            types.put(type.group(1), type.group(2));
        }

        assertThat(types).isNotEmpty().allSatisfy((metric, kind) -> {
            assertThat(metric.endsWith("_total")).as(metric).isEqualTo(kind.equals("counter"));
            assertThat(metric).doesNotContain("millis", "minutes");
            if (kind.equals("histogram")) {
                assertThat(metric).endsWith("_seconds");
            }
            assertThat(scrape).containsPattern("# HELP " + metric + " \\w{3,}|# HELP " + metric + " 1 while");
        });
    }

    @Test
    void each_alert_says_what_it_means_and_where_the_page_says_what_to_do() throws IOException {
        String tests = Files.readString(RULE_TESTS);

        assertThat(alerts()).hasSizeGreaterThan(15).allSatisfy(alert -> {
            String name = String.valueOf(alert.get("alert"));
            assertThat(alert.get("labels"))
                    .as(name)
                    .isIn(Map.of("severity", "critical"), Map.of("severity", "warning"));
            Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
            assertThat(annotations.get("summary")).as(name).asString().isNotBlank();
            assertThat(annotations.get("description")).as(name).asString().hasSizeGreaterThan(30);
            String[] section = String.valueOf(annotations.get("runbook")).split("#");
            assertThat(section[0]).isEqualTo("docs/operations.md");
            assertThat(OPERATIONS.anchors()).as(name).contains(section[1]);
            assertThat(tests).contains("name: " + name + " fires", "name: " + name + " stays silent");
        });
    }

    @Test
    void each_alert_fires_when_it_must_and_only_then() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "The rules are checked by promtool, which is not here: install Debian's package prometheus");

        promtool("check", "rules", RULES.toString());
        promtool("test", "rules", RULE_TESTS.toString());
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void the_dashboard_is_of_the_schema_of_grafana_12_and_its_panels_have_places_and_units() throws IOException {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(42);
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();

        assertThat(dashboard.path("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add((place.path("x").asInt() + x) + ","
                                    + (place.path("y").asInt() + y)))
                            .as("the place of " + panel.path("title"))
                            .isTrue();
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
                assertThat(panel.path("targets")).isNotEmpty();
            }
        });
    }

    /** Only this machine reaches the figures, unless the operator says otherwise. */
    @Test
    void the_port_of_the_api_serves_no_figures_and_that_of_the_figures_listens_on_loopback_only() {
        BridgeWorld world = BridgeWorld.shared();
        int port = world.context().getEnvironment().getRequiredProperty("management.server.port", Integer.class);

        for (String path : List.of("/observe/metrics", "/observe/health", "/actuator/prometheus")) {
            assertThat(world.get(path, BridgeWorld.basic("faraday", "faraday")).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(world.observe("metrics")).contains("bridge_build_info");
        assertThatThrownBy(() -> new Socket("127.0.0.2", port)).isInstanceOf(ConnectException.class);
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }

    private static Stream<String> queries() throws IOException {
        JsonNode dashboard = dashboard();
        return Stream.concat(
                dashboard.findValuesAsText("expr").stream(), dashboard.findValuesAsText("definition").stream());
    }

    private static List<Map<String, Object>> alerts() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules = new Yaml().load(Files.readString(RULES));
        return rules.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .toList();
    }

    /** The labels of each metric in a table of the page. */
    private static Map<String, Set<String>> documented() {
        return OPERATIONS.rows().stream()
                .map(cells -> DOCUMENTED.matcher(cells.get(0)))
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        cell -> cell.group(1),
                        cell -> cell.group(2) == null
                                ? Set.of()
                                : Set.of(cell.group(2).split(", *"))));
    }

    /** The name of the whole timer. */
    private static String base(String metric) {
        return PART_OF_A_TIMER.matcher(metric).replaceFirst("$1");
    }

    /** Of a foreign timer the page names one part. */
    private static String sumOf(String metric) {
        return metric.endsWith("_count")
                ? metric.replaceFirst("_count$", "_sum")
                : metric.replaceFirst("_sum$", "_count");
    }
}
