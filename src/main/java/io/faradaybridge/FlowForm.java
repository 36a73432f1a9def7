package io.faradaybridge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The outer form of a flow. Camel takes a file that is no list of routes for an empty one, and of two equal keys the second; then
 * a part of the bridge would be missing, and nobody told.
 */
final class FlowForm {

    private static final Pattern XML = Pattern.compile("<(?:[\\w-]+:)?"
            + "(?:route|routeConfiguration|routeTemplate|templatedRoute|rest|bean|onException|intercept\\w*)[\\s/>]");

    private final String file;
    private final List<RouteFinding> findings = new ArrayList<>();
    private final Set<Node> seen = new HashSet<>();

    private FlowForm(String file) {
        this.file = file;
    }

    /** @return empty if the flow defines something */
    static Optional<RouteFinding> nothing(RouteText flow, String text) {
        boolean yaml = flow.file().endsWith(".yaml");
        boolean something = yaml
                ? documents(text).stream()
                        .allMatch(node -> node instanceof SequenceNode list
                                && !list.getValue().isEmpty())
                : flow.matcher(XML).find();
        return something
                ? Optional.empty()
                : Optional.of(flow.from(
                        1,
                        "",
                        "it defines nothing",
                        yaml
                                ? "A flow in YAML is a list, each entry of which begins with '- ', such as '- route:'"
                                : "A flow in XML holds elements such as <route>"));
    }

    /** Of a file that replaces a shipped one, and holds none of its routes and error policies. */
    static Optional<RouteFinding> another(RouteText flow, @Nullable String shippedName, String shipped) {
        List<String> missing = flow.missing(shipped);
        return missing.isEmpty() || missing.size() < RouteText.ids(shipped).count()
                ? Optional.empty()
                : Optional.of(flow.from(
                        1,
                        "",
                        "it replaces the shipped " + shippedName + " and has none of " + missing,
                        "Give the file another name to add it, or copy the shipped file and change the copy"));
    }

    /** The keys that stand twice in one place. */
    static List<RouteFinding> twice(String file, String text) {
        FlowForm form = new FlowForm(file);
        if (file.endsWith(".yaml")) {
            documents(text).forEach(form::node);
        }
        return form.findings;
    }

    /** Whatever cannot be parsed is reported by Camel. */
    private static List<Node> documents(String text) {
        try {
            List<Node> documents = new ArrayList<>();
            new Compose(LoadSettings.builder().build())
                    .composeAllFromString(text)
                    .forEach(documents::add);
            return documents;
        } catch (YamlEngineException broken) {
            return List.of();
        }
    }

    private void node(Node node) {
        if (!seen.add(node)) {
            return; // an alias may lead to what it stands in
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::node);
        } else if (node instanceof MappingNode map) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    Optional<Mark> place = key.getStartMark();
                    findings.add(new RouteFinding(
                            file,
                            place.map(Mark::getLine).orElse(0) + 1,
                            place.map(Mark::getColumn).orElse(0) + 1,
                            "'" + key.getValue() + "' stands twice here, and one of them would be lost",
                            "Keep one of them"));
                }
                node(entry.getValueNode());
            }
        }
    }
}
