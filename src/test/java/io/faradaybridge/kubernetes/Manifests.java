package io.faradaybridge.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.sandbox.InstalledProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The objects of Kubernetes that the files in {@code k8s} make, by {@code kind/name}. */
record Manifests(Map<String, ObjectNode> objects) {

    static final Path CHART = Path.of("k8s/helm");
    static final String NAME = "faraday-jira-bridge";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kustomize adds a hash of its content to the name of a ConfigMap. */
    private static final String HASH = "(" + NAME + "-(routes|settings))-[0-9a-z]{10}\\b";

    /** An overlay with components, made by kubectl. Without kubectl the test is skipped. */
    static Manifests overlay(String overlay, String... components) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "kustomize", String.join("-", overlay, "and"))
                    .resolve(String.join("-", components.length == 0 ? new String[] {"nothing"} : components)));
            StringBuilder file =
                    new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
            file.append("resources: [")
                    .append(up(folder, "k8s/overlays/" + overlay))
                    .append("]\ncomponents:\n");
            for (String component : components) {
                file.append("  - ")
                        .append(up(folder, "k8s/components/" + component))
                        .append('\n');
            }
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    components.length == 0 ? file.toString().replace("components:\n", "") : file);
            return of(InstalledProgram.run("kubectl", "kustomize", folder.toString())
                    .replaceAll(HASH, "$1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path up(Path folder, String target) {
        return folder.toAbsolutePath().relativize(Path.of(target).toAbsolutePath());
    }

    /** The Helm chart with the values of these files, and of these lines {@code name=value}. */
    static Manifests chart(List<String> valueFiles, String... values) throws IOException {
        return of(HelmProcess.template(valueFiles, values));
    }

    private static Manifests of(String documents) {
        Map<String, ObjectNode> objects = new TreeMap<>();
        for (JsonNode object : read(documents)) {
            objects.put(
                    object.path("kind").asText() + "/"
                            + object.at("/metadata/name").asText(),
                    (ObjectNode) object);
        }
        return new Manifests(objects);
    }

    /** All documents of a YAML text that are not empty. */
    static List<JsonNode> read(String documents) {
        List<JsonNode> all = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(documents)
                .forEach(document -> all.add(JSON.valueToTree(document)));
        all.removeIf(JsonNode::isNull);
        return all;
    }

    ObjectNode the(String kindAndName) {
        ObjectNode found = objects.get(kindAndName);
        if (found == null) {
            throw new AssertionError("No " + kindAndName + " among " + objects.keySet());
        }
        return found;
    }

    Stream<ObjectNode> all(String kind) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals(kind));
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
