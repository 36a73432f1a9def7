package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.activity.ActivityEntry;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.sandbox.BridgeWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The shipped route files as an operator reads them: short, named, explained. */
class ShippedRoutesTest {

    private static final String KEBAB = "[a-z]+(-[a-z]+)*";
    private static final List<String> LEAVES_THE_JVM =
            List.of("http", "jdbc", "freemarker", "jms", "file", "direct:jira-send");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_fits_on_two_screens(Path file) throws IOException {
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(110);
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_route_has_an_id_a_description_an_error_policy_and_about_a_dozen_steps(Path file) throws IOException {
        for (Map<?, ?> route : routes(file)) {
            assertThat(String.valueOf(route.get("id"))).matches(KEBAB);
            assertThat(route.get("description"))
                    .as("description of " + route.get("id"))
                    .isNotNull();
            assertThat(route.get("routeConfigurationId"))
                    .as("error policy of " + route.get("id"))
                    .isNotNull();
            assertThat(steps(route)).as("steps of " + route.get("id")).isLessThanOrEqualTo(14);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_step_that_leaves_the_process_has_an_id_to_be_found_by(Path file) throws IOException {
        walk(load(file), (key, value) -> {
            if (!List.of("to", "toD", "wireTap", "enrich", "pollEnrich").contains(key)) {
                return;
            }
            String uri = String.valueOf(value instanceof Map<?, ?> step ? step.get("uri") : value);
            if (LEAVES_THE_JVM.stream().anyMatch(uri::startsWith)) {
                assertThat(value instanceof Map<?, ?> step ? String.valueOf(step.get("id")) : "none")
                        .as("id of the step to " + uri + " in " + file)
                        .matches(KEBAB)
                        .isNotIn("none", "null");
            }
        });
    }

    /** Camel calls its compact form (an expression's language right under the step, a step that is a text) deprecated. */
    static List<Path> filesAndExamples() throws IOException {
        List<Path> all = new ArrayList<>(files());
        all.add(Path.of("routes/examples/chat-notice.yaml"));
        return all;
    }

    @ParameterizedTest
    @MethodSource("filesAndExamples")
    void flows_are_written_in_camels_explicit_form(Path file) throws IOException {
        explicit(load(file), "", file);
    }

    private static void explicit(Object node, String parent, Path file) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                if (List.of("simple", "constant", "method").contains(name) && value instanceof Map) {
                    assertThat(parent)
                            .as("what %s: stands under in %s", name, file)
                            .isEqualTo("expression");
                }
                if (List.of("simple", "constant", "filter", "split", "to", "log")
                        .contains(name)) {
                    assertThat(value).as("%s: in %s", name, file).isInstanceOf(Map.class);
                }
                explicit(value, name, file);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> explicit(element, parent, file));
        }
    }

    @Test
    void compiled_routes_are_named_and_explained_too() {
        List<RouteDefinition> routes =
                BridgeWorld.shared().bean(ModelCamelContext.class).getRouteDefinitions();

        assertThat(routes)
                .extracting(RouteDefinition::getRouteId)
                .contains("incoming-ingress", "reconcile")
                .allMatch(id -> id.matches(KEBAB));
        assertThat(routes).allSatisfy(route -> assertThat(route.getDescription())
                .as(route.getRouteId())
                .isNotBlank());
    }

    @Test
    void the_contract_names_every_route() throws IOException {
        String contract = Files.readString(Path.of("routes/README.md"));

        assertThat(BridgeWorld.shared().bean(ModelCamelContext.class).getRouteDefinitions())
                .extracting(route -> "`" + route.getRouteId() + "`")
                .allSatisfy(id -> assertThat(contract).contains(id));
    }

    @Test
    void the_contract_lists_what_a_listener_gets_and_shows_the_example_unchanged() throws IOException {
        String contract = Files.readString(Path.of("routes/README.md"));

        assertThat(Outcome.values())
                .extracting(outcome -> "| `" + outcome + "` | ")
                .allSatisfy(row -> assertThat(contract).contains(row));
        assertThat(ActivityEntry.class.getRecordComponents())
                .extracting(field -> "| `${body." + field.getName() + "}` | ")
                .allSatisfy(row -> assertThat(contract).contains(row));
        String example = Files.readString(Path.of("routes/examples/chat-notice.yaml"));
        assertThat(contract).contains(example.substring(example.indexOf("- route:")));
    }

    private static Object load(Path file) throws IOException {
        return new Yaml().load(Files.readString(file));
    }

    private static List<Map<?, ?>> routes(Path file) throws IOException {
        List<Map<?, ?>> routes = new ArrayList<>();
        walk(load(file), (key, value) -> {
            if (key.equals("route")) {
                routes.add((Map<?, ?>) value);
            }
        });
        return routes;
    }

    private static int steps(Map<?, ?> route) {
        List<Object> steps = new ArrayList<>();
        walk(route, (key, value) -> {
            if (key.equals("steps")) {
                steps.addAll((List<?>) value);
            }
        });
        return steps.size();
    }

    private static void walk(Object node, BiConsumer<String, Object> visit) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visit.accept(String.valueOf(key), value);
                walk(value, visit);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> walk(element, visit));
        }
    }
}
