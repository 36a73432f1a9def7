package io.faradaybridge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.reifier.RouteReifier;
import org.apache.camel.reifier.dataformat.DataFormatReifier;
import org.apache.camel.reifier.language.ExpressionReifier;
import org.apache.camel.support.EndpointHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** What Camel would find when it makes the routes: it makes them, one after the other, and starts none. */
final class StepCheck {

    private static final Pattern OPTIONS = Pattern.compile("Unknown parameters=\\[\\{(.*?)}]");
    private static final Pattern INSIDE = Pattern.compile("(direct|seda):(?://)?([^?]+).*");
    private static final String README = "routes/README.md names the endpoints";

    private final ModelCamelContext camel;
    private final RouteCheck check;
    private final Set<String> begun = new LinkedHashSet<>();

    StepCheck(ModelCamelContext camel, RouteCheck check) {
        this.camel = camel;
        this.check = check;
    }

    void all() {
        List<RouteDefinition> routes = camel.getRouteDefinitions();
        for (RouteDefinition route : routes) {
            consumes(route.getInput().getEndpointUri());
            route.getOutputs().forEach(this::polls);
        }
        check.policySteps().forEach(this::steps);
        for (RouteDefinition route : routes) {
            RouteText file = check.fileOf(route);
            if (file != null) {
                endpoint(file, route.getInput(), route.getInput().getEndpointUri(), false);
                steps(file, route.getOutputs());
            }
        }
        for (RouteDefinition route : routes) {
            RouteText file = check.fileOf(route);
            if (file != null && nothingFound(file, route) && nothingFound(route.getRouteConfigurationId())) {
                made(file, route);
            }
        }
    }

    private boolean nothingFound(RouteText file, RouteDefinition route) {
        int next = camel.getRouteDefinitions().stream()
                .filter(other -> file.equals(check.fileOf(other)) && other.getLineNumber() > route.getLineNumber())
                .mapToInt(RouteDefinition::getLineNumber)
                .min()
                .orElse(Integer.MAX_VALUE);
        return check.findings().stream()
                .noneMatch(finding -> finding.file().equals(file.file())
                        && finding.line() >= route.getLineNumber()
                        && finding.line() < next);
    }

    /** A mistake in an error policy is one in each route that uses it. */
    private boolean nothingFound(@Nullable String policies) {
        return policies == null
                || check.findings().stream().noneMatch(finding -> Stream.of(policies.split(","))
                        .anyMatch(policy ->
                                check.text(finding.file()).route(policy).isPresent()));
    }

    private void consumes(String uri) {
        try {
            begun.add(inside(EndpointHelper.resolveEndpointUriPropertyPlaceholders(camel, uri)));
        } catch (RuntimeException unknown) {
            // is a finding already
        }
    }

    /** What a step reads in the middle of a route. */
    private void polls(ProcessorDefinition<?> step) {
        if (step instanceof PollDefinition poll) {
            consumes(poll.getEndpointUri());
        } else if (step instanceof PollEnrichDefinition) {
            StepText.endpoints(step).forEach(this::consumes);
        }
        step.getOutputs().forEach(this::polls);
    }

    private static String inside(String uri) {
        Matcher inside = INSIDE.matcher(uri);
        return inside.matches() ? inside.group(1) + ":" + inside.group(2) : "";
    }

    private void steps(RouteText file, List<ProcessorDefinition<?>> steps) {
        RouteCheck.own(file, steps, ProcessorDefinition.class).forEach(step -> {
            if (step instanceof EndpointRequiredDefinition to) {
                endpoint(file, step, to.getEndpointUri(), !(step instanceof PollDefinition));
            } else if (step instanceof ToDynamicDefinition to) {
                endpoint(file, step, to.getUri(), true);
            }
            if (step instanceof MarshalDefinition marshal) {
                format(file, step, "marshal", marshal.getDataFormatType());
            } else if (step instanceof UnmarshalDefinition unmarshal) {
                format(file, step, "unmarshal", unmarshal.getDataFormatType());
            }
            StepText.endpoints(step).forEach(uri -> endpoint(file, step, uri, !(step instanceof PollEnrichDefinition)));
            StepText.values(step).forEach(value -> {
                if (value.isWrong(camel)) {
                    check.found(file.from(step.getLineNumber(), value.text(), value.problem(), value.remedy()));
                }
            });
            StepText.simple(step).forEach(text -> expression(file, step, new SimpleExpression(text)));
            RouteCheck.expressions(step, (place, expression) -> expression(file, place, expression));
        });
    }

    private void format(RouteText file, LineNumberAware step, String token, DataFormatDefinition format) {
        try {
            DataFormatReifier.getDataFormat(camel, format);
        } catch (RuntimeException e) {
            check.found(file.from(step.getLineNumber(), token, said(e), "Use one that the jar has, such as json"));
        }
    }

    private void expression(RouteText file, LineNumberAware step, ExpressionDefinition expression) {
        try {
            var made = ExpressionReifier.reifier(camel, expression);
            if (step instanceof FilterDefinition || step instanceof WhenDefinition) {
                made.createPredicate().init(camel);
            } else {
                made.createExpression().init(camel);
            }
        } catch (RuntimeException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof MethodNotFoundException
                    || NestedExceptionUtils.getMostSpecificCause(e) instanceof NoSuchBeanException) {
                return; // is a finding already
            }
            RouteFinding found = file.from(
                    step.getLineNumber(),
                    String.valueOf(expression.getExpression()),
                    "the expression of the language " + expression.getLanguage() + " cannot be used: " + said(e),
                    "Correct it");
            if (check.findings().stream()
                    .noneMatch(one -> one.file().equals(found.file()) && one.line() == found.line())) {
                check.found(found); // else a bean in it, which says more
            }
        }
    }

    private void endpoint(RouteText file, LineNumberAware step, String uri, boolean sends) {
        if (uri == null) {
            return;
        }
        if (uri.contains("${")) {
            dynamic(file, step, uri);
            return;
        }
        String resolved;
        try {
            resolved = EndpointHelper.resolveEndpointUriPropertyPlaceholders(camel, uri);
        } catch (RuntimeException unknown) {
            return; // is a finding already
        }
        String begin = uri.replaceFirst("\\?.*", "");
        try {
            camel.getEndpoint(resolved);
        } catch (RuntimeException e) {
            String said = said(e);
            if (!options(file, step, begin, said)) {
                check.found(file.from(
                        step.getLineNumber(),
                        begin,
                        begin + " cannot be used: " + said.replace(resolved, uri),
                        README));
            }
            return;
        }
        String inside = inside(resolved);
        if (sends && inside.equals("seda:activity")) {
            check.found(file.from(
                    step.getLineNumber(),
                    begin,
                    "only the bridge sends to seda:activity",
                    "Use it in from:, and send to an endpoint of another name"));
        } else if (sends && !inside.isEmpty() && !begun.contains(inside) && !check.isDefined(inside)) {
            check.found(file.from(
                    step.getLineNumber(),
                    begin,
                    "no route begins with " + inside,
                    "Correct the name, or add the route"));
        }
    }

    private boolean options(RouteText file, LineNumberAware step, String begin, String said) {
        Matcher options = OPTIONS.matcher(said);
        if (!options.find()) {
            return false;
        }
        for (String option : options.group(1).split(", ")) {
            String name = option.replaceFirst("=.*", "");
            check.found(file.from(
                    step.getLineNumber(), name, begin + " has no option '" + name + "'", "Correct or remove it"));
        }
        return true;
    }

    /** A part of it is known with a message only: its component and the names of its options are known before. */
    private void dynamic(RouteText file, LineNumberAware step, String uri) {
        String component = uri.replaceFirst("[^\\w-].*", "");
        if (!uri.startsWith(component + ":") || component.equals("language")) {
            return;
        }
        if (camel.getComponent(component) == null) {
            check.found(
                    file.from(step.getLineNumber(), component, "there is no component '" + component + "'", README));
            return;
        }
        try {
            camel.getEndpoint(uri.replaceAll("\\$\\{[^{}]*}", "1"));
        } catch (RuntimeException e) {
            options(file, step, uri.replaceFirst("\\?.*", ""), said(e));
        }
    }

    private void made(RouteText file, RouteDefinition route) {
        try {
            new RouteReifier(camel, route).createRoute();
        } catch (Exception e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof ClassNotFoundException unknown
                    && check.findings().stream()
                            .anyMatch(one -> one.problem().contains(String.valueOf(unknown.getMessage())))) {
                return; // stands in a policy of all routes
            }
            check.found(file.from(
                    route.getLineNumber(),
                    String.valueOf(route.getRouteId()),
                    "route '" + route.getRouteId() + "' cannot be used: " + said(e),
                    README));
        }
    }

    /** Its first sentence: some parsers draw a picture below. */
    private static String said(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return RouteText.oneLine(String.valueOf(root.getMessage()).split("\\R", 2)[0]);
    }
}
