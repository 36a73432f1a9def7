package io.faradaybridge.fields;

import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import io.faradaybridge.template.JinjaTexts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Parses a template before it is saved, compares its names with those of the vulnerability's data, and tries it. */
@Component
class JinjaCheck implements TemplateCheck {

    /** A template that mentions no other name of the data gives the same for all vulnerabilities of a severity. */
    private static final Set<String> OF_SEVERITY_AND_DATE =
            Set.of("vuln", "vulnerability", "severity", "severity_name", "date", "update_date", "last_detected");

    private static final Pattern WORD = Pattern.compile("\\w+");

    private final JinjaTexts texts;
    private final TemplateExamples examples;

    JinjaCheck(JinjaTexts texts, TemplateExamples examples) {
        this.texts = texts;
        this.examples = examples;
    }

    @Override
    public Optional<Problem> problem(String system, String template) {
        return texts.problem(template)
                .map(wrong -> new Problem(wrong.line(), "the template cannot be used: " + wrong.reason()));
    }

    @Override
    public List<String> warnings(String system, String template) {
        Set<String> unknown;
        try {
            unknown = new TreeSet<>(texts.names(template));
        } catch (TemplateSyntaxException reported) {
            return List.of();
        }
        if (unknown.isEmpty()) {
            return List.of();
        }
        Set<String> known = known(examples.bySeverity());
        unknown.removeAll(known);
        return known.isEmpty() || unknown.isEmpty()
                ? List.of()
                : List.of("the template uses " + unknown.stream().collect(Collectors.joining("', '", "'", "'"))
                        + ", which no vulnerability has, so nothing is printed for it; names are written as in"
                        + " vuln.severity or severity, or set by the template itself");
    }

    @Override
    public List<Example> examples(String template) {
        Map<String, Map<String, @Nullable Object>> data = examples.bySeverity();
        boolean certain = known(data).stream()
                .filter(name -> !OF_SEVERITY_AND_DATE.contains(name))
                .noneMatch(name -> WORD.matcher(template).results().anyMatch(word -> word.group()
                        .equals(name)));
        return data.entrySet().stream()
                .map(example -> {
                    String severity = example.getKey();
                    try {
                        return new Example(severity, texts.tryOut(template, example.getValue(), true), "", certain);
                    } catch (TemplateException failed) {
                        return new Example(severity, "", String.valueOf(failed.getMessage()), certain);
                    }
                })
                .toList();
    }

    private static Set<String> known(Map<String, Map<String, @Nullable Object>> data) {
        return data.values().stream().findFirst().map(Map::keySet).orElse(Set.of());
    }
}
