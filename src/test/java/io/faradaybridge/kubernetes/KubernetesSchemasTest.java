package io.faradaybridge.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.NodeProgram;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The objects are as Kubernetes, the Prometheus operator and the External Secrets operator define them. */
@Tag("long")
class KubernetesSchemasTest {

    /** Its schema cannot be had from a registry; {@link ArkmqBrokerTest} tries what it says. */
    private static final String WITHOUT_SCHEMA = "ActiveMQArtemis/faraday-broker";

    private static NodeProgram schemas;

    @BeforeAll
    static void install() throws IOException {
        schemas = NodeProgram.install("kubernetes");
    }

    @Test
    void each_object_is_as_its_schema_says() throws IOException {
        for (Manifests made : List.of(
                Manifests.overlay("single", "monitoring", "ingress", "external-secrets", "check-routes"),
                Manifests.overlay("example"),
                Manifests.overlay("replicas", "monitoring", "ingress", "external-secrets", "arkmq"))) {
            made.objects().remove(WITHOUT_SCHEMA);

            assertThat(made.objects()).hasSizeGreaterThan(10);
            assertThat(schemas.print(made.objects().values())).isEmpty();
        }
    }

    @Test
    void a_wrong_value_a_missing_one_and_an_unknown_field_are_faults() throws IOException {
        Manifests made = Manifests.overlay("replicas", "monitoring", "ingress", "external-secrets");
        ((ObjectNode) made.the("Deployment/faraday-jira-bridge").at("/spec/template/spec"))
                .put("terminationGracePeriod", 60);
        ((ObjectNode) made.the("PodDisruptionBudget/faraday-jira-bridge").path("spec")).put("maxUnavailable", true);
        ((ObjectNode) made.the("ServiceMonitor/faraday-jira-bridge").path("spec")).remove("endpoints");
        ((ObjectNode) made.the("ExternalSecret/faraday-jira-bridge").at("/spec/target")).put("creation", "Owner");

        String faults = schemas.print(made.objects().values());

        assertThat(faults.lines().map(line -> line.split(":")[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of("Deployment", "PodDisruptionBudget", "ServiceMonitor", "ExternalSecret")
                                .map(kind -> kind + "/faraday-jira-bridge")
                                .toList());
        assertThat(faults).contains("unknown field spec/template/spec/terminationGracePeriod");
    }
}
