package io.faradaybridge.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A metric with its matchers in an expression of PromQL.
 *
 * @param grouped the labels by which the expression groups
 */
record Selector(String metric, List<Match> matches, Set<String> grouped) {

    /** Labels that Prometheus adds. */
    private static final Set<String> ADDED = Set.of("job", "instance", "namespace");

    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern.compile("\\b([a-z]+_\\w+)\\b(?!\\()(?:\\{([^}]*)})?");
    private static final Pattern MATCH = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

    record Match(String label, String operator, String value) {

        private boolean holds(Map<String, String> labels) {
            String actual = labels.get(label);
            return actual != null
                    && switch (operator) {
                        case "=" -> actual.equals(value);
                        case "!=" -> !actual.equals(value);
                        case "=~" -> actual.matches(value);
                        default -> !actual.matches(value);
                    };
        }
    }

    static List<Selector> in(String expression) {
        Set<String> grouped = GROUPING.matcher(expression)
                .results()
                .flatMap(group -> Pattern.compile(", *").splitAsStream(group.group(1)))
                .filter(label -> !ADDED.contains(label))
                .collect(Collectors.toCollection(TreeSet::new));
        String rest = GROUPING.matcher(expression).replaceAll(" ").replaceAll("\\[[^]]*]", "");
        List<Selector> selectors = new ArrayList<>();
        Matcher metric = METRIC.matcher(rest);
        while (metric.find()) {
            selectors.add(new Selector(metric.group(1), matches(metric.group(2)), grouped));
        }
        return selectors;
    }

    private static List<Match> matches(String braces) {
        return MATCH.matcher(braces == null ? "" : braces)
                .results()
                .map(match -> new Match(match.group(1), match.group(2), match.group(3)))
                .filter(match -> !ADDED.contains(match.label()))
                .toList();
    }

    /** Whether a series of the scrape is chosen by it, and has the labels of the grouping. */
    boolean chooses(Map<String, List<Map<String, String>>> scrape) {
        return scrape.getOrDefault(metric, List.of()).stream()
                .anyMatch(labels -> labels.keySet().containsAll(grouped)
                        && matches.stream().allMatch(match -> match.holds(labels)));
    }

    /** The labels of each series, by metric. */
    static Map<String, List<Map<String, String>>> scraped(String text) {
        Map<String, List<Map<String, String>>> series = new HashMap<>();
        Pattern.compile("(?m)^([a-z]\\w*)(?:\\{(.*)})? \\S+$")
                .matcher(text)
                .results()
                .forEach(line -> series.computeIfAbsent(line.group(1), name -> new ArrayList<>())
                        .add(MATCH.matcher(line.group(2) == null ? "" : line.group(2))
                                .results()
                                .collect(Collectors.toMap(one -> one.group(1), one -> one.group(3)))));
        return series;
    }
}
