package io.faradaybridge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.reifier.RouteReifier;
import org.apache.camel.reifier.dataformat.DataFormatReifier;
import org.apache.camel.reifier.language.ExpressionReifier;
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
        routes.forEach(route -> begun.add(inside(route.getInput().getEndpointUri())));
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
            if (file != null && nothingFound(file, route)) {
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

    private static String inside(String uri) {
        Matcher inside = INSIDE.matcher(uri);
        return inside.matches() ? inside.group(1) + ":" + inside.group(2) : "";
    }

    private void steps(RouteText file, List<ProcessorDefinition<?>> steps) {
        RouteCheck.own(file, steps, ProcessorDefinition.class).forEach(step -> {
            if (step instanceof EndpointRequiredDefinition to) {
                endpoint(file, step, to.getEndpointUri(), true);
            } else if (step instanceof ToDynamicDefinition to) {
                endpoint(file, step, to.getUri(), true);
            }
            if (step instanceof MarshalDefinition marshal) {
                format(file, step, "marshal", marshal.getDataFormatType());
            } else if (step instanceof UnmarshalDefinition unmarshal) {
                format(file, step, "unmarshal", unmarshal.getDataFormatType());
            }
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
            check.found(file.from(
                    step.getLineNumber(),
                    String.valueOf(expression.getExpression()),
                    "the expression of the language " + expression.getLanguage() + " cannot be used: " + said(e),
                    "Correct it"));
        }
    }

    private void endpoint(RouteText file, LineNumberAware step, String uri, boolean sends) {
        if (uri == null || uri.contains("${")) {
            return;
        }
        String resolved;
        try {
            resolved = camel.resolvePropertyPlaceholders(uri);
        } catch (RuntimeException unknown) {
            return; // is a finding already
        }
        String begin = uri.replaceFirst("\\?.*", "");
        try {
            camel.getEndpoint(resolved);
        } catch (RuntimeException e) {
            String said = said(e);
            Matcher options = OPTIONS.matcher(said);
            if (options.find()) {
                for (String option : options.group(1).split(", ")) {
                    String name = option.replaceFirst("=.*", "");
                    check.found(file.from(
                            step.getLineNumber(),
                            name,
                            begin + " has no option '" + name + "'",
                            "Correct or remove it"));
                }
            } else {
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

    private void made(RouteText file, RouteDefinition route) {
        try {
            new RouteReifier(camel, route).createRoute();
        } catch (Exception e) {
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
