package io.faradaybridge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The flows: shipped in the jar, replaced file by file by those in {@code bridge.routes.dir}; files of other names there are
 * added. The extension is ignored: {@code export.xml} replaces the shipped {@code export.yaml}. Flows read SQL files of
 * the same folders by {@link #text}, by the same rule. An invalid file stops the start, see {@link RouteCheck}.
 */
@Component("routeFiles")
public class RouteFiles extends RouteConfigurationBuilder implements CamelContextConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RouteFiles.class);

    private final RoutesFolder folder;
    private final Map<RoutesBuilder, String> builders = new LinkedHashMap<>();
    private final List<Running> running = new ArrayList<>();
    private final @Nullable GenericApplicationContext bridge;
    private @Nullable RouteCheck check;

    @Autowired
    RouteFiles(BridgeSettings settings, GenericApplicationContext bridge) {
        this(new RoutesFolder(settings.routes().dir()), bridge);
    }

    /** @param bridge whose beans the flows use; null: it is not looked at what stands in their steps */
    RouteFiles(RoutesFolder folder, @Nullable GenericApplicationContext bridge) {
        this.folder = folder;
        this.bridge = bridge;
    }

    /** A flow as it was read at the start. */
    private record Running(RoutesFolder.RouteFile file, String text, List<String> routes) {}

    /**
     * A file that the bridge uses.
     *
     * @param own whether it lies in the operator's folder
     * @param routes the ids of the routes that it defines
     * @param text flows as they run, which is as they were at the start; SQL and templates as they are now
     * @param shipped the shipped file that it is or replaces; null if there is none
     * @param waits whether it was changed after the start and waits for the next one
     */
    public record InUse(
            String name,
            boolean own,
            List<String> routes,
            String text,
            @Nullable String shipped,
            boolean waits) {}

    /** The flows that run, and the SQL and templates beside them. */
    public List<InUse> inUse() throws IOException {
        List<InUse> files = new ArrayList<>();
        for (Running flow : running) {
            files.add(
                    inUse(flow.file(), flow.routes(), flow.text(), !flow.text().equals(present(flow))));
        }
        for (RoutesFolder.RouteFile file : folder.beside()) {
            files.add(inUse(file, List.of(), textOrNone(file.name()), false));
        }
        return files;
    }

    /** Which flow needs a file that cannot be read says so itself. */
    private String textOrNone(String name) {
        try {
            return text(name);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static InUse inUse(RoutesFolder.RouteFile file, List<String> routes, String text, boolean waits)
            throws IOException {
        String shipped = file.shippedName();
        return new InUse(
                file.name(),
                file.own(),
                List.copyOf(routes),
                text,
                shipped == null ? null : RoutesFolder.shipped(shipped),
                waits);
    }

    private @Nullable String present(Running flow) {
        try {
            return text(flow.file().name());
        } catch (IOException removed) {
            return null;
        }
    }

    /** The text of a file, for a flow. It is read each time, so that an operator's change takes effect at once. */
    public String text(String name) throws IOException {
        return text(resolve(name, getCamelContext()));
    }

    private static String text(Resource file) throws IOException {
        try (InputStream text = file.getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** When the operator's file was changed, in milliseconds; 0 for a shipped file. */
    public long changed(String name) throws IOException {
        Path own = folder.file(name);
        return Files.isRegularFile(own) ? Files.getLastModifiedTime(own).toMillis() : 0;
    }

    /** The operator's file if there is one, else the shipped one. Never a file outside the folder. */
    private Resource resolve(String name, CamelContext camel) {
        Path own = folder.file(name);
        return ResourceHelper.resolveResource(
                camel, Files.isRegularFile(own) ? "file:" + own : "classpath:routes/" + folder.name(own));
    }

    /** Before the compiled routes are added: an error policy that comes later than its route is never applied to it. */
    @Override
    public void configuration() {
        CamelContext context = getCamelContext();
        RouteCheck check = new RouteCheck(context);
        this.check = check;
        for (RoutesFolder.RouteFile flow : folder.flows()) {
            String file = flow.name();
            load(file, () -> {
                String text = flow.own() ? folder.text(file) : RoutesFolder.shipped(file);
                RouteText read = new RouteText(file, text);
                check.read(read, flow.own());
                if (flow.own()) {
                    form(check, read, text, flow.shippedName());
                }
                running.add(new Running(flow, text, new ArrayList<>()));
                PluginHelper.getRoutesLoader(context)
                        .findRoutesBuilders(List.of(resolve(file, context)))
                        .forEach(builder -> builders.put(builder, file));
            });
        }
        builders.forEach((builder, file) -> load(file, () -> {
            if (builder instanceof RouteConfigurationsBuilder policies) {
                context.addRoutesConfigurations(policies);
            }
            if (builder instanceof RouteConfigurationBuilder policies) {
                check.policies(file, policies.getRouteConfigurationCollection().getRouteConfigurations());
            }
        }));
    }

    private static void form(RouteCheck check, RouteText flow, String text, @Nullable String shipped)
            throws IOException {
        Optional<RouteFinding> wrong = FlowForm.nothing(flow, text);
        if (wrong.isEmpty() && shipped != null) {
            wrong = FlowForm.another(flow, shipped, RoutesFolder.shipped(shipped));
        }
        wrong.ifPresent(check::unusable);
        FlowForm.twice(flow.file(), text).forEach(check::found);
    }

    /** At this time the compiled routes are in the context. */
    @Override
    public void beforeApplicationStart(CamelContext context) {
        log.info(
                "Route files: {}",
                running.stream()
                        .map(flow -> flow.file().own()
                                ? folder + "/" + flow.file().name()
                                : flow.file().name())
                        .collect(Collectors.joining(", ")));
        Set<RouteFinding> findings = check(context).findings();
        if (bridge != null && folder.hasFlows()) {
            findings = CheckRoutes.flows(folder, DefinedBeans.in(bridge)); // these and more, as the command finds them
        }
        if (!findings.isEmpty()) {
            throw new StartRefused(
                    findings.stream().map(finding -> finding.in(folder)).collect(Collectors.joining("\n")),
                    "Correct or remove what is named above; the command " + CheckRoutes.COMMAND + " " + folder
                            + " finds the same without a start");
        }
        CheckRoutes.beside(folder).forEach(finding -> log.warn("{}", finding.in(folder)));
    }

    /** Adds the routes of the files to those that are compiled. */
    RouteCheck check(CamelContext context) {
        RouteCheck checked = Objects.requireNonNull(check, "the files are read first");
        checked.compiled(((ModelCamelContext) context).getRouteDefinitions());
        builders.forEach((builder, file) -> load(file, () -> {
            context.addRoutes(builder);
            if (builder instanceof RouteBuilder flows) {
                List<RouteDefinition> defined = flows.getRouteCollection().getRoutes();
                checked.routes(file, defined);
                remember(file, defined);
            }
        }));
        checked.requireKnownPolicies();
        return checked;
    }

    private void remember(String file, List<RouteDefinition> defined) {
        running.stream().filter(flow -> flow.file().name().equals(file)).forEach(flow -> defined.stream()
                .map(RouteDefinition::getRouteId)
                .filter(Objects::nonNull)
                .forEach(flow.routes()::add));
    }

    /** Too late for a check: Camel only logs an exception from here. */
    @Override
    public void afterApplicationStart(CamelContext context) {}

    /** A step that fails may name the object that it calls. */
    @Override
    public String toString() {
        return "route files";
    }

    private interface Loading {
        void run() throws Exception;
    }

    private void load(String file, Loading step) {
        try {
            step.run();
        } catch (Exception e) {
            Objects.requireNonNull(check).unreadable(file, e);
        }
    }
}
