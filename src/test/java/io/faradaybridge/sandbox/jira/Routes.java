package io.faradaybridge.sandbox.jira;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the operation for a method and a path, in the order in which they were added. */
final class Routes {

    /** What an operation is given. */
    record Call(RawRequest request, Caller caller, Map<String, String> path) {

        String path(String name) {
            return path.get(name);
        }
    }

    interface Operation {
        Answer answer(Call call);
    }

    private record Route(String method, Pattern path, List<String> names, Operation operation) {}

    private final List<Route> routes = new ArrayList<>();

    /** @param path with {@code {name}} for a segment that varies */
    Routes on(String method, String path, Operation operation) {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile("\\{(\\w+)}").matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        routes.add(new Route(method, Pattern.compile(path.replaceAll("\\{\\w+}", "([^/]+)") + "/?"), names, operation));
        return this;
    }

    Answer answer(RawRequest request, String path, Caller caller) {
        boolean known = false;
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (matcher.matches()) {
                known = true;
                if (route.method().equals(request.method())) {
                    return route.operation().answer(new Call(request, caller, variables(route, matcher)));
                }
            }
        }
        throw Refusal.ofFramework(known ? 405 : 404, "null for uri: " + request.target());
    }

    private static Map<String, String> variables(Route route, Matcher matcher) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < route.names().size(); i++) {
            // A plus sign in a path stands for itself, unlike in a query.
            variables.put(
                    route.names().get(i), RawRequest.decode(matcher.group(i + 1).replace("+", "%2B")));
        }
        return variables;
    }

    static List<String> commaSeparated(Optional<String> text) {
        return text.filter(value -> !value.isBlank())
                .map(value -> List.of(value.split("\\s*,\\s*")))
                .orElse(List.of());
    }
}
