package io.faradaybridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The flows: shipped in the jar, replaced file by file by those in {@code bridge.routes.dir}; files of other names there are
 * added. The extension is ignored: {@code export.xml} replaces the shipped {@code export.yaml}. Flows read SQL files of
 * the same folders by {@link #text}, by the same rule. An invalid file stops the start. Camel itself would run a route
 * without the error policy that it names, and of two routes with one id the second would silently replace the first.
 */
@Component("routeFiles")
public class RouteFiles extends RouteConfigurationBuilder implements CamelContextConfiguration {

    private static final Logger log = LoggerFactory.getLogger(RouteFiles.class);
    private static final String THE_BRIDGE = "the bridge itself";
    private static final Pattern ROUTE_FILE = Pattern.compile("(.+)\\.(yaml|xml)");

    private final Path dir;
    private final Map<RoutesBuilder, String> builders = new LinkedHashMap<>();

    RouteFiles(BridgeSettings settings) {
        this.dir = Path.of(settings.routes().dir()).toAbsolutePath().normalize();
    }

    /** The text of a file, for a flow. It is read each time, so that an operator's change takes effect at once. */
    public String text(String name) throws IOException {
        try (InputStream file = resolve(name, getCamelContext()).getInputStream()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The operator's file if there is one, else the shipped one. Never a file outside the folder. */
    private Resource resolve(String name, CamelContext camel) {
        Path own = dir.resolve(name).normalize();
        if (!own.startsWith(dir)) {
            throw new IllegalArgumentException("'" + name + "' lies outside the routes folder " + dir
                    + ": name a file in it, such as export-vulnerability.sql");
        }
        return ResourceHelper.resolveResource(
                camel, Files.isRegularFile(own) ? "file:" + own : "classpath:routes/" + dir.relativize(own));
    }

    /** Before the compiled routes are added: an error policy that comes later than its route is never applied to it. */
    @Override
    public void configuration() {
        CamelContext context = getCamelContext();
        Map<String, String> files = new LinkedHashMap<>(
                shipped()); // added files come last, so that an error about a duplicate id names the added file
        files.putAll(own());
        for (String file : files.values()) {
            Resource resource = resolve(file, context);
            log.info("Route file {} from {}", file, resource.getLocation());
            load(file, () -> PluginHelper.getRoutesLoader(context)
                    .findRoutesBuilders(List.of(resource))
                    .forEach(builder -> builders.put(builder, file)));
        }
        builders.forEach((builder, file) -> load(file, () -> {
            if (builder instanceof RouteConfigurationsBuilder policies) {
                context.addRoutesConfigurations(policies);
            }
        }));
    }

    /** At this time the compiled routes are in the context. */
    @Override
    public void beforeApplicationStart(CamelContext context) {
        ModelCamelContext model = (ModelCamelContext) context;
        Map<String, String> places = new HashMap<>();
        model.getRouteDefinitions().forEach(compiled -> names(compiled).forEach(name -> places.put(name, THE_BRIDGE)));
        builders.forEach((builder, file) -> load(file, () -> {
            context.addRoutes(builder);
            if (builder instanceof RouteBuilder routes) {
                routes.getRouteCollection().getRoutes().forEach(route -> requireKnownSteps(route, context));
                routes.getRouteCollection().getRoutes().forEach(route -> names(route)
                        .forEach(name -> takePlace(name, file, places)));
            }
        }));
        requireKnownPolicies(model, places);
    }

    /** Too late for a check: Camel only logs an exception from here. */
    @Override
    public void afterApplicationStart(CamelContext context) {}

    private interface Loading {
        void run() throws Exception;
    }

    private void load(String file, Loading step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new StartRefused(
                    "Route file " + file + " cannot be used: " + reason(e),
                    "Correct it, or remove it from " + dir + " to run the shipped file",
                    e);
        }
    }

    /** With the parser's own message, which names the line. */
    private static String reason(Exception failure) {
        String said = String.valueOf(failure.getMessage());
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return said.contains(String.valueOf(root.getMessage())) ? said : said + ": " + root.getMessage();
    }

    /** What no other route can have: its id, and the endpoint that others call it by. */
    private static List<String> names(RouteDefinition route) {
        String begins = route.getInput().getEndpointUri();
        return Stream.of(route.getRouteId(), begins.startsWith("direct:") ? begins : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private static void takePlace(String name, String file, Map<String, String> places) {
        String first = places.putIfAbsent(name, file);
        if (first != null) {
            throw new IllegalArgumentException(
                    "its route " + (name.contains(":") ? "from '" : "id '") + name + "' is taken already, by " + first
                            + (first.equals(THE_BRIDGE)
                                    ? "; this version has that route compiled, so if the file was copied from an earlier version that"
                                            + " held it, remove the route from the file, else give it another name"
                                    : "; give the route another name, or the file the name of the one it is to replace"));
        }
    }

    /** Camel finds out when the step is made. */
    private static void requireKnownSteps(RouteDefinition route, CamelContext context) {
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class)
                .forEach(call -> requireKnownStep(call.getRef(), call.getMethod(), context));
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ExpressionNode.class).stream()
                .map(ExpressionNode::getExpression)
                .filter(MethodCallExpression.class::isInstance)
                .map(MethodCallExpression.class::cast)
                .forEach(call -> requireKnownStep(call.getRef(), call.getMethod(), context));
    }

    private static void requireKnownStep(@Nullable String bean, @Nullable String call, CamelContext context) {
        Object known = bean == null ? null : context.getRegistry().lookupByName(bean);
        String method = call == null ? "" : call.split("\\(", 2)[0].strip();
        if (known != null
                && method.matches("\\w+")
                && Stream.of(known.getClass().getMethods())
                        .noneMatch(offered -> offered.getName().equals(method))) {
            throw new IllegalArgumentException(
                    "it calls " + bean + "." + method + ", which this version does not have; if the"
                            + " file was copied from an earlier version, copy the shipped one anew and make your change in it");
        }
    }

    private static void requireKnownPolicies(ModelCamelContext model, Map<String, String> places) {
        Collection<String> known = model.getRouteConfigurationDefinitions().stream()
                .map(configuration -> configuration.getId())
                .toList();
        List<String> lost = new ArrayList<>();
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String wanted = route.getRouteConfigurationId();
            if (wanted != null && !known.containsAll(List.of(wanted.split(",")))) {
                lost.add(route.getRouteId() + " wants '" + wanted + "' in " + places.get(route.getRouteId()));
            }
        }
        if (!lost.isEmpty()) {
            throw new StartRefused(
                    "Routes name an error policy that no file defines: " + lost + "; defined are " + known,
                    "Correct routeConfigurationId, or add the policy to errors.yaml");
        }
    }

    /** The file names, by name without extension. */
    private static Map<String, String> shipped() {
        try {
            Map<String, String> names = new TreeMap<>();
            for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*.yaml")) {
                add(String.valueOf(file.getFilename()), names);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped route files cannot be listed", e);
        }
    }

    private Map<String, String> own() {
        Map<String, String> names = new TreeMap<>();
        if (!Files.isDirectory(dir)) {
            return names;
        }
        try (Stream<Path> files = Files.list(dir)) {
            for (Path file : files.filter(RouteFiles::isMeant).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".yml")) {
                    throw new StartRefused(
                            "Route files end in .yaml or .xml, and " + file + " would be ignored",
                            "Rename or remove it");
                }
                String other = add(name, names);
                if (other != null) {
                    throw new StartRefused(
                            "The routes folder " + dir + " holds both " + other + " and " + name, "Keep one of them");
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The route files in " + dir + " cannot be listed", e);
        }
    }

    static boolean isRouteFile(Path file) {
        return isMeant(file)
                && ROUTE_FILE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Leaves out the files that an editor, a file system or a mounted ConfigMap ({@code ..data}) adds for itself. */
    private static boolean isMeant(Path file) {
        return Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".");
    }

    private static @Nullable String add(String name, Map<String, String> names) {
        Matcher file = ROUTE_FILE.matcher(name);
        return file.matches() ? names.put(file.group(1), name) : null;
    }
}
