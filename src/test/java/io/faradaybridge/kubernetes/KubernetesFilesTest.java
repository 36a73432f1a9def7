package io.faradaybridge.kubernetes;

import static io.faradaybridge.kubernetes.Manifests.NAME;
import static io.faradaybridge.kubernetes.Manifests.each;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files in {@code k8s} make is complete, and the same by Kustomize and by Helm. */
class KubernetesFilesTest {

    private static final String DEPLOYMENT = "Deployment/" + NAME;
    private static final String POD = "/spec/template/spec";

    static Stream<Arguments> both() {
        String ingress = "ingress.enabled=true";
        String monitoring = "monitoring.enabled=true";
        String checks = "checkRoutes=true";
        return Stream.of(
                Arguments.of("single", List.of(), List.of(), List.of()),
                Arguments.of("replicas", List.of("values-replicas.yaml"), List.of(), List.of()),
                Arguments.of("single", List.of(), List.of("monitoring", "ingress"), List.of(monitoring, ingress)),
                Arguments.of("single", List.of(), List.of("check-routes"), List.of(checks)),
                Arguments.of("example", List.of("values-example.yaml"), List.of(), List.of()),
                Arguments.of(
                        "replicas",
                        List.of("values-replicas.yaml"),
                        List.of("monitoring", "ingress"),
                        List.of(monitoring, ingress)));
    }

    @ParameterizedTest
    @MethodSource("both")
    void the_chart_makes_what_the_overlay_makes(
            String overlay, List<String> valueFiles, List<String> components, List<String> values) throws IOException {
        Manifests chart = Manifests.chart(valueFiles, values.toArray(String[]::new));
        // a pod of the overlay starts again for other routes and settings since the names of their ConfigMaps have a
        // hash
        ((ObjectNode) chart.the(DEPLOYMENT).at("/spec/template/metadata")).remove("annotations");
        // Helm's own
        chart.all("PersistentVolumeClaim")
                .forEach(claim -> ((ObjectNode) claim.path("metadata")).remove("annotations"));

        assertThat(chart.objects())
                .isEqualTo(Manifests.overlay(overlay, components.toArray(String[]::new))
                        .objects());
    }

    static Stream<Manifests> everything() {
        return Stream.of(
                Manifests.overlay("single", "monitoring", "ingress", "external-secrets", "check-routes"),
                Manifests.overlay("replicas", "monitoring", "ingress", "external-secrets", "arkmq"));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void what_an_object_names_is_there(Manifests made) {
        JsonNode template = made.the(DEPLOYMENT).at("/spec/template");
        JsonNode labels = template.at("/metadata/labels");
        Set<String> ports = each(template.at("/spec/containers/0/ports"))
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());
        Set<String> volumes = new TreeSet<>();
        each(template.at("/spec/volumes")).forEach(volume -> {
            volumes.add(volume.path("name").asText());
            if (volume.has("configMap")) {
                made.the("ConfigMap/" + volume.at("/configMap/name").asText());
            }
            if (volume.has("persistentVolumeClaim")) {
                made.the("PersistentVolumeClaim/"
                        + volume.at("/persistentVolumeClaim/claimName").asText());
            }
        });

        made.all("Service").forEach(service -> {
            assertThat(labels).isEqualTo(service.at("/spec/selector"));
            assertThat(each(service.at("/spec/ports"))
                            .map(port -> port.path("targetPort").asText()))
                    .isSubsetOf(ports);
        });
        made.all("NetworkPolicy").forEach(policy -> {
            assertThat(policy.at("/spec/podSelector/matchLabels")).isEqualTo(labels);
            assertThat(policy.findValuesAsText("port")).isNotEmpty().isSubsetOf(ports);
        });
        assertThat(made.the(DEPLOYMENT).at("/spec/selector/matchLabels")).isEqualTo(labels);
        JsonNode variables = template.at("/spec/containers/0/envFrom");
        made.the("ConfigMap/" + variables.at("/0/configMapRef/name").asText());
        containers(template.path("spec")).forEach(container -> {
            assertThat(container.path("envFrom"))
                    .as("routes are checked as the bridge runs them")
                    .isEqualTo(variables);
            assertThat(container.has("env")).isFalse();
            assertThat(each(container.path("volumeMounts"))
                            .map(mount -> mount.path("name").asText()))
                    .isNotEmpty()
                    .isSubsetOf(volumes);
            assertThat(container.findValuesAsText("port")).isSubsetOf(ports);
        });
        made.all("Ingress")
                .flatMap(ingress -> ingress.findValues("service").stream())
                .forEach(service -> assertThat(
                                made.the("Service/" + service.path("name").asText())
                                        .findValuesAsText("name"))
                        .contains(service.at("/port/name").asText()));
        made.all("ServiceMonitor").forEach(monitor -> assertThat(made.all("Service")
                        .filter(service ->
                                service.at("/metadata/labels").equals(monitor.at("/spec/selector/matchLabels")))
                        .flatMap(service -> service.findValuesAsText("name").stream()))
                .contains(monitor.at("/spec/endpoints/0/port").asText()));
        assertThat(made.the("ExternalSecret/" + NAME).at("/spec/target/name"))
                .isEqualTo(variables.at("/1/secretRef/name"));
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.concat(each(pod.path("initContainers")), each(pod.path("containers")));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void each_container_may_do_as_little_as_it_can(Manifests made) {
        JsonNode pod = made.the(DEPLOYMENT).at(POD);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        containers(pod).forEach(container -> {
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("everything")
    void each_variable_is_a_setting(Manifests made) throws IOException {
        String settings = Files.readString(Path.of("docs/settings.md"));
        Set<String> variables = new TreeSet<>();
        made.the("ConfigMap/" + NAME + "-settings").path("data").fieldNames().forEachRemaining(variables::add);
        each(made.the("ExternalSecret/" + NAME).at("/spec/data"))
                .forEach(value -> variables.add(value.path("secretKey").asText()));

        assertThat(variables)
                .contains("BRIDGE_DATABASE_URL", "BRIDGE_ROUTES_DIR")
                .allSatisfy(variable -> {
                    String setting = variable.toLowerCase(Locale.ROOT).replace("_", "[.-]");
                    assertThat(Pattern.compile("`" + setting + "`")
                                    .matcher(settings)
                                    .find())
                            .as(variable)
                            .isTrue();
                });
    }

    @Test
    void several_replicas_without_a_broker_are_refused() {
        assertThatThrownBy(() -> Manifests.chart(List.of(), "replicas=2"))
                .hasMessageContaining("Several replicas need an external broker");
    }

    @Test
    void the_chart_is_of_this_version_and_without_fault() throws IOException {
        String version = Files.readString(Path.of("pom.xml"))
                .replaceFirst("(?s).*?<artifactId>faraday-jira-bridge</artifactId>\\s*<version>([^<]+)<.*", "$1");
        JsonNode chart = Manifests.read(Files.readString(Manifests.CHART.resolve("Chart.yaml")))
                .get(0);

        assertThat(chart.path("version").asText()).isEqualTo(version);
        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
        HelmProcess.lint();
    }

    @Test
    void the_alerts_of_the_cluster_are_those_of_the_file() throws IOException {
        Path alerts = Path.of("monitoring/alerts.yaml");

        assertThat(Manifests.CHART.resolve("files/alerts.yaml")).hasSameTextualContentAs(alerts);
        assertThat(Manifests.overlay("single", "monitoring")
                        .the("PrometheusRule/" + NAME)
                        .path("spec"))
                .isEqualTo(Manifests.read(Files.readString(alerts)).get(0));
    }

    @Test
    void routes_of_ones_own_are_files_of_the_pod_and_start_it_again() throws IOException {
        String value = "routes.my\\.yaml=- route: {}";
        Manifests made = Manifests.chart(List.of(), value);

        assertThat(made.the("ConfigMap/" + NAME + "-routes")
                        .at("/data")
                        .path("my.yaml")
                        .asText())
                .isEqualTo("- route: {}");
        assertThat(made.the(DEPLOYMENT).at("/spec/template/metadata/annotations"))
                .isNotEqualTo(Manifests.chart(List.of()).the(DEPLOYMENT).at("/spec/template/metadata/annotations"));
    }

    @Test
    void settings_of_ones_own_replace_the_charts_and_reach_both_containers() throws IOException {
        Manifests made = Manifests.chart(
                List.of("values-replicas.yaml"),
                "checkRoutes=true",
                "env.MY_GREETING=hello",
                "env.BRIDGE_STOP_DELAY=9s");

        assertThat(made.the("ConfigMap/" + NAME + "-settings").path("data"))
                .anySatisfy(value -> assertThat(value.asText()).isEqualTo("hello"));
        assertThat(made.the("ConfigMap/" + NAME + "-settings")
                        .at("/data/BRIDGE_STOP_DELAY")
                        .asText())
                .isEqualTo("9s");
        assertThat(containers(made.the(DEPLOYMENT).at(POD))).hasSize(2).allSatisfy(container -> assertThat(
                        container.at("/envFrom/0/configMapRef/name").asText())
                .isEqualTo(NAME + "-settings"));
        assertThat(made.the(DEPLOYMENT).at("/spec/template/metadata/annotations"))
                .isNotEqualTo(Manifests.chart(List.of("values-replicas.yaml"), "checkRoutes=true")
                        .the(DEPLOYMENT)
                        .at("/spec/template/metadata/annotations"));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void a_pod_that_is_to_end_has_the_time_that_the_bridge_may_take(Manifests made) {
        JsonNode settings = made.the("ConfigMap/" + NAME + "-settings").path("data");
        int delay =
                Integer.parseInt(settings.path("BRIDGE_STOP_DELAY").asText("0s").replace("s", ""));

        assertThat(made.the(DEPLOYMENT)
                        .at(POD + "/terminationGracePeriodSeconds")
                        .asInt())
                .isGreaterThanOrEqualTo(delay + 30 + 30);
    }

    @Test
    void several_replicas_go_on_while_they_are_taken_out_of_their_service() {
        Manifests made = Manifests.overlay("replicas");

        assertThat(made.the("ConfigMap/" + NAME + "-settings")
                        .at("/data/BRIDGE_STOP_DELAY")
                        .asText())
                .isEqualTo("5s");
        assertThat(made.the("PodDisruptionBudget/" + NAME)
                        .at("/spec/unhealthyPodEvictionPolicy")
                        .asText())
                .as("a machine can be emptied while the database is away")
                .isEqualTo("AlwaysAllow");
    }

    @Test
    void what_only_the_volume_holds_stays_after_an_uninstall() throws IOException {
        assertThat(Manifests.chart(List.of())
                        .the("PersistentVolumeClaim/" + NAME)
                        .path("metadata")
                        .path("annotations")
                        .path("helm.sh/resource-policy")
                        .asText())
                .isEqualTo("keep");
    }
}
