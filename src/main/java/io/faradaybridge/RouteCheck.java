package io.faradaybridge;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong in the route files, all of it. Camel itself finds some mistakes when it makes a step, one at a time, and others
 * never: it would run a route without the error policy that it names, and of two routes with one id the second would
 * silently replace the first.
 */
final class RouteCheck {

    private static final String THE_BRIDGE = "the bridge itself";
    private static final Pattern SETTING = Pattern.compile("\\{\\{([^{}]+)}}");
    /** In an endpoint and in a simple expression. */
    private static final Pattern BEAN = Pattern.compile(
            "(?<=\\$\\{|[\"'=]|[:-]\\s)bean:(?://)?(?!type:|class:)([\\w-]+)(?:\\.(\\w+)|\\?method=(\\w+))?");

    private static final String PLAIN_NAME = "[\\w.-]+";

    private final ModelCamelContext camel;
    private final Map<String, RouteText> texts = new LinkedHashMap<>();
    private final Set<String> shipped = new HashSet<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final Map<String, RouteText> places = new LinkedHashMap<>();
    private final Map<RouteText, List<ProcessorDefinition<?>>> policySteps = new LinkedHashMap<>();
    private final Set<RouteFinding> findings = new LinkedHashSet<>();

    /** Before the routes of files are added, so that the context holds the compiled ones only. */
    RouteCheck(CamelContext camel) {
        this.camel = (ModelCamelContext) camel;
    }

    /** The routes that are compiled, whose names no file may use. */
    void compiled(List<RouteDefinition> routes) {
        RouteText bridge = new RouteText(THE_BRIDGE, "");
        routes.forEach(compiled -> names(compiled).forEach(name -> places.put(name, bridge)));
    }

    Set<RouteFinding> findings() {
        return findings;
    }

    void found(RouteFinding finding) {
        findings.add(finding);
    }

    RouteText text(String file) {
        return Objects.requireNonNull(texts.get(file), file);
    }

    /**
     * What can be said before a file is parsed, and also if it cannot be.
     *
     * @param own whether it lies in the operator's folder; what a shipped file calls is there
     */
    void read(RouteText file, boolean own) {
        texts.put(file.file(), file);
        if (!own) {
            shipped.add(file.file());
            return;
        }
        for (Matcher setting = file.matcher(SETTING); setting.find(); ) {
            try {
                camel.resolvePropertyPlaceholders(setting.group());
            } catch (RuntimeException unknown) {
                String name = setting.group(1).strip();
                if (isParameter(file, name)) {
                    continue;
                }
                findings.add(file.at(
                        setting.start(),
                        "there is no setting and no environment variable '" + name + "'",
                        "Set it, or write {{" + name + ":...}} with a default"));
            }
        }
        for (Matcher call = file.matcher(BEAN); call.find(); ) {
            String method = call.group(2) == null ? call.group(3) : call.group(2);
            known(call.group(1), method, problem -> file.at(call.start(), problem.text(), problem.remedy()));
        }
    }

    /** Of a route template: it is filled in where a route is made of it. */
    private static boolean isParameter(RouteText file, String name) {
        return file.holds("routeTemplate")
                && file.matcher(Pattern.compile("\\bname\\W{1,4}" + Pattern.quote(name) + "(?![\\w-])"))
                        .find();
    }

    /** Another file that uses what an unreadable one defines is not wrong. */
    void unreadable(String file, Throwable failure) {
        RouteText text = texts.computeIfAbsent(file, unread -> new RouteText(unread, ""));
        unusable(text.unreadable(failure));
    }

    void unusable(RouteFinding finding) {
        unread.add(finding.file());
        findings.add(finding);
    }

    void routes(String file, List<RouteDefinition> routes) {
        RouteText text = text(file);
        for (RouteDefinition route : routes) {
            steps(text, route.getOutputs());
            names(route).forEach(name -> takePlace(name, text, route.getLineNumber()));
        }
    }

    void policies(String file, Collection<RouteConfigurationDefinition> policies) {
        RouteText text = text(file);
        for (RouteConfigurationDefinition policy : policies) {
            List<ProcessorDefinition<?>> all = Stream.of(
                            policy.getOnExceptions(), policy.getOnCompletions(), policy.getIntercepts())
                    .<ProcessorDefinition<?>>flatMap(List::stream)
                    .toList();
            steps(text, all);
            policySteps.merge(text, all, (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
        }
    }

    Map<RouteText, List<ProcessorDefinition<?>>> policySteps() {
        return policySteps;
    }

    /** Null for a compiled route. */
    @Nullable
    RouteText fileOf(RouteDefinition route) {
        return texts.values().stream()
                .filter(file -> file.isAt(route.getLocation()))
                .findFirst()
                .orElse(null);
    }

    /** By a route that is there, or was before another one took its place. */
    boolean isDefined(String name) {
        return places.containsKey(name) || mayBeDefined(name);
    }

    /** By a file that cannot be read. */
    private boolean mayBeDefined(String name) {
        return unread.stream().anyMatch(file -> text(file).holds(name));
    }

    /** When all files are read. */
    void requireKnownPolicies() {
        List<String> known = camel.getRouteConfigurationDefinitions().stream()
                .map(configuration -> configuration.getId())
                .toList();
        for (RouteDefinition route : camel.getRouteDefinitions()) {
            RouteText text = places.get(String.valueOf(route.getRouteId()));
            String wanted = route.getRouteConfigurationId();
            if (wanted == null || text == null || mayBeDefined(wanted)) {
                continue;
            }
            for (String one : wanted.split(",")) {
                if (!known.contains(one)) {
                    findings.add(policyFile(text)
                            .from(
                                    route.getLineNumber(),
                                    one,
                                    "route " + route.getRouteId() + " wants '" + one
                                            + "', an error policy that no file defines; defined are " + known,
                                    "Correct routeConfigurationId, or add the policy to errors.yaml"));
                }
            }
        }
    }

    /** A compiled route is not wrong, so the policy is missing in the file that has the others. */
    private RouteText policyFile(RouteText route) {
        return texts.values().stream()
                .filter(file -> route.file().equals(THE_BRIDGE) && file.file().matches("errors\\.(yaml|xml)"))
                .findFirst()
                .orElse(route);
    }

    /** What no other route can have: its id, and the endpoint that others call it by. */
    private static List<String> names(RouteDefinition route) {
        String begins = route.getInput().getEndpointUri();
        return Stream.of(route.getRouteId(), begins.startsWith("direct:") ? begins : null)
                .filter(Objects::nonNull)
                .toList();
    }

    private void takePlace(String name, RouteText file, int line) {
        RouteText first = places.putIfAbsent(name, file);
        if (first != null) {
            findings.add(file.from(
                    line,
                    name,
                    "its route " + (name.contains(":") ? "from '" : "id '") + name + "' is taken already, by "
                            + first.file(),
                    first.file().equals(THE_BRIDGE)
                            ? "This version has that route compiled, so if the file was copied from an earlier version that"
                                    + " held it, remove the route from the file, else give it another name"
                            : "Give the route another name, or the file the name of the one it is to replace"));
        }
    }

    private void steps(RouteText file, List<? extends ProcessorDefinition<?>> outputs) {
        if (shipped.contains(file.file())) {
            return;
        }
        own(file, outputs, BeanDefinition.class)
                .filter(call -> call.getRef() != null)
                .forEach(call -> known(call.getRef(), call.getMethod(), place(file, call, call.getRef())));
        own(file, outputs, ProcessDefinition.class)
                .forEach(step -> known(step.getRef(), null, place(file, step, step.getRef())));
        own(file, outputs, ProcessorDefinition.class)
                .forEach(step -> expressions(step, (place, expression) -> {
                    if (expression instanceof MethodCallExpression call && call.getRef() != null) {
                        known(call.getRef(), call.getMethod(), place(file, place, call.getRef()));
                    }
                }));
    }

    static void expressions(ProcessorDefinition<?> step, BiConsumer<LineNumberAware, ExpressionDefinition> each) {
        if (step instanceof HasExpressionType node && node.getExpressionType() != null) {
            each.accept(step, node.getExpressionType());
        }
        if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(when -> each.accept(when, when.getExpression()));
        }
    }

    /** An error policy stands among the steps of its routes, too, but in another file. */
    static <T extends LineNumberAware> Stream<T> own(
            RouteText file, List<? extends ProcessorDefinition<?>> outputs, Class<T> type) {
        @SuppressWarnings("unchecked")
        List<ProcessorDefinition<?>> steps = (List<ProcessorDefinition<?>>) outputs;
        return ProcessorDefinitionHelper.filterTypeInOutputs(steps, type).stream()
                .filter(step -> step.getLocation() == null || file.isAt(step.getLocation()));
    }

    private record Problem(String token, String text, String remedy) {}

    private interface Place {
        RouteFinding of(Problem problem);
    }

    private static Place place(RouteText file, LineNumberAware step, String bean) {
        return problem -> file.from(
                step.getLineNumber(),
                problem.token().isEmpty() ? bean : problem.token(),
                problem.text(),
                problem.remedy());
    }

    /** Camel finds out when the step is made, or when it is run. */
    private void known(String bean, @Nullable String call, Place place) {
        if (!bean.matches(PLAIN_NAME)) {
            return;
        }
        Class<?> type = type(bean);
        String method = call == null ? "" : call.split("\\(", 2)[0].strip();
        if (type == null) {
            findings.add(place.of(new Problem(
                    "", "there is no bean '" + bean + "'", "routes/README.md names the beans and their methods")));
        } else if (method.matches("\\w+")
                && Stream.of(type.getMethods())
                        .noneMatch(offered -> offered.getName().equals(method))) {
            findings.add(
                    place.of(
                            new Problem(
                                    method,
                                    "it calls " + bean + "." + method + ", which this version does not have",
                                    "If the file was copied from an earlier version, copy the shipped one anew and make your change in it")));
        }
    }

    private @Nullable Class<?> type(String name) {
        Object bean = camel.getRegistry().lookupByName(name);
        return bean == null ? camel.getClassResolver().resolveClass(name) : bean.getClass();
    }
}
