package io.faradaybridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A mistake in a route file stops the start, with words that lead to it. */
@Tag("long")
class BrokenRouteFilesTest {

    private Path routes;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        routes = folder;
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(routes.resolve(name), text);
    }

    private static String route(String id, String rest) {
        return "- route:\n    id: " + id + "\n" + rest + "    from:\n      uri: direct:" + id
                + "\n      steps:\n        - log: hello\n";
    }

    /** What the files say is checked before anything starts, so nothing of the bridge but them is needed. */
    private String refusal() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:border").routeId("incoming-ingress").to("seda:incoming-status");
                }
            });
            RouteFiles files = new RouteFiles(new RoutesFolder(routes.toString()), null);
            Throwable failure = catchThrowable(() -> {
                camel.addRoutesConfigurations(files);
                files.beforeApplicationStart(camel);
            });
            return failure == null ? "" : String.valueOf(failure.getMessage());
        }
    }

    @Test
    void yaml_that_cannot_be_read_is_named() throws Exception {
        file("notices.yaml", "- route:\n    id: notices\n   from: [");

        assertThat(refusal())
                .contains("notices.yaml")
                .contains("notices.yaml:3:4: ")
                .contains("Correct it, or remove the file. Correct or remove what is named above")
                .contains("check-routes " + routes);
    }

    @Test
    void a_step_that_does_not_exist_is_named() throws Exception {
        file("notices.yaml", route("notices", "").replace("log:", "lgo:"));

        assertThat(refusal()).contains("notices.yaml").contains("lgo");
    }

    @Test
    void xml_that_cannot_be_read_is_named() throws Exception {
        file("notices.xml", "<camel><route id=\"notices\"></camel>");

        assertThat(refusal()).contains("notices.xml").contains("Correct it");
    }

    @Test
    void an_error_policy_that_does_not_exist_is_named() throws Exception {
        file("notices.yaml", route("notices", "    routeConfigurationId: link-erors\n"));

        assertThat(refusal())
                .contains("notices.yaml:3:27: route notices wants 'link-erors'")
                .contains("link-errors")
                .contains("Correct routeConfigurationId");
    }

    @Test
    void a_route_id_of_another_file_is_named_with_both_files() throws Exception {
        file("notices.yaml", route("reconcile", ""));

        assertThat(refusal())
                .startsWith(routes + "/notices.yaml:2:9: ")
                .contains("'reconcile'")
                .contains("by reconcile.yaml");
    }

    @Test
    void a_route_id_of_a_compiled_border_is_named() throws Exception {
        file("notices.yaml", route("incoming-ingress", ""));

        assertThat(refusal())
                .contains("notices.yaml")
                .contains("'incoming-ingress'")
                .contains("the bridge itself");
    }

    @Test
    void a_file_with_a_route_that_is_compiled_now_is_refused_with_what_to_remove() throws Exception {
        file("outgoing-status.yaml", route("incoming-ingress", ""));

        assertThat(refusal())
                .startsWith(routes + "/outgoing-status.yaml:1:1: ")
                .contains("copied from an earlier version that held it, remove the route from the file");
    }

    @Test
    void one_flow_as_yaml_and_xml_is_one_too_many() throws Exception {
        file("notices.yaml", route("notices", ""));
        file("notices.xml", "<camel/>");

        assertThat(refusal()).contains("notices.yaml").contains("notices.xml").contains("Keep one");
    }

    @Test
    void an_ending_that_would_be_overlooked_is_refused() throws Exception {
        file("notices.yml", route("notices", ""));

        assertThat(refusal()).contains("Rename").contains("notices.yml");
    }

    @Test
    void a_file_of_another_name_is_added() throws Exception {
        file("notices.yaml", route("notices", "    routeConfigurationId: link-errors\n"));
        file("README.md", "not a route file");

        assertThat(refusal()).isEmpty();
    }

    @Test
    void what_editors_and_mounted_config_maps_keep_beside_the_files_is_left_alone() throws Exception {
        Files.createDirectories(routes.resolve("..2026_11_26"));
        Files.writeString(routes.resolve("..2026_11_26/notices.yaml"), route("notices", ""));
        Files.createSymbolicLink(routes.resolve("..data"), Path.of("..2026_11_26"));
        Files.createSymbolicLink(routes.resolve("notices.yaml"), Path.of("..data/notices.yaml"));
        for (String name : List.of(
                ".notices.yaml",
                ".notices.yml",
                "._notices.xml",
                "notices.yaml~",
                "notices.yaml.bak",
                "notices.yaml.orig",
                "notices.yml~",
                "notices.xml.bak",
                ".notices.yaml.swp",
                "#notices.yaml#")) {
            file(name, "not a route");
        }
        Files.createSymbolicLink(routes.resolve(".#notices.yaml"), Path.of("nobody@nowhere.1234"));

        assertThat(refusal()).isEmpty();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_mistake_is_reported_in_two_sentences_and_not_as_a_stack_trace(CapturedOutput log) throws Exception {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("- route:\n    id: notices\n   from: [", "notices.yaml:3:4: ");
        wrong.put(
                route("notices", "")
                        .replace("- log: hello", "- bean: {ref: exportFlow, method: \"enriched(${body})\"}"),
                "it calls exportFlow.enriched, which this version does not have");
        wrong.put(route("notices", "").replace("- log: hello", "- bean: {ref: noticeBoard}"), "noticeBoard");
        assertReported(wrong, log);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void so_is_every_other_mistake(CapturedOutput log) throws Exception {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put(route("notices", "    routeConfigurationId: link-erors\n"), "notices wants 'link-erors'");
        wrong.put(route("reconcile", ""), "'reconcile' is taken already, by reconcile.yaml");
        wrong.put(
                route("notices", "")
                        .replace(
                                "- log: hello",
                                "- filter: {method: {ref: exportLookup, method: claim}, steps: [{log: hello}]}"),
                "copy the shipped one anew and make your change in it");
        wrong.put(
                route("my-transition", "").replace("direct:my-transition", "direct:make-transition"),
                "'direct:make-transition' is taken already, by the bridge itself");
        wrong.put(
                route("notices", "").replace("- log: hello", "- setBody: {method: {ref: noticeBoard, method: all}}"),
                "noticeBoard");
        wrong.put(
                route("notices", "").replace("- log: hello", "- to: \"http:{{NOBODY_SET_THIS}}\""), "NOBODY_SET_THIS");
        assertReported(wrong, log);
    }

    /** As the command does, with all mistakes of all files, also those that Camel names at another place or never. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void a_start_says_what_check_routes_says_once_and_nothing_else(CapturedOutput log) throws Exception {
        file("export.yaml", CheckRoutesTest.Older.export());
        file("broken.yaml", "");
        Files.delete(routes.resolve("broken.yaml"));
        Files.createSymbolicLink(routes.resolve("broken.yaml"), Path.of("/proc/self/mem"));
        file(
                "notices.yaml",
                route("notices", "").replace("- log: hello", "- to: seda:foo?sizze=3\n        - to: kafka:x"));
        List<String> checked = CheckRoutes.of(routes.toString()).findings();
        assertThat(checked).hasSize(4);
        BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter()).with("bridge.routes.dir", routes);
        try (world) {
            int before = log.getAll().length();

            assertThatThrownBy(world::start).isInstanceOf(Exception.class);

            String said = log.getAll().substring(before);
            for (String finding : checked) {
                assertThat(said).containsOnlyOnce(finding + "\n");
            }
            assertThat(said)
                    .contains("Description:\n\n" + String.join("\n", checked) + "\n\nAction:")
                    .doesNotContain("\tat ", "Exception encountered", "'debug' enabled", "..\n");
        }
    }

    private void assertReported(Map<String, String> wrong, CapturedOutput log) throws IOException {
        BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter()).with("bridge.routes.dir", routes);
        try (world) {
            for (Map.Entry<String, String> mistake : wrong.entrySet()) {
                file("notices.yaml", mistake.getKey());
                int before = log.getAll().length();

                assertThatThrownBy(world::start).isInstanceOf(Exception.class);

                assertThat(log.getAll().substring(before))
                        .contains("APPLICATION FAILED TO START", "Description:", "Action:", "notices.yaml")
                        .contains(mistake.getValue())
                        .doesNotContain("\tat ");
            }
        }
    }

    @Test
    void the_bridge_does_not_start_with_a_broken_file_and_does_without_it() throws Exception {
        file("notices.yaml", route("notices", "    routeConfigurationId: link-erors\n"));
        BridgeWorld world = BridgeWorld.asleep(SandboxJira.Options.dataCenter()).with("bridge.routes.dir", routes);
        try (world) {
            assertThatThrownBy(world::start).hasMessageContaining("notices wants 'link-erors'");
            Files.delete(routes.resolve("notices.yaml"));

            world.start();

            assertThat(Link.exported(world, "SEC").jira()).isEqualTo("To Do");
        }
    }
}
