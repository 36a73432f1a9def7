package io.faradaybridge.fields;

import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import io.faradaybridge.template.JinjaTexts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Parses a template before it is saved and compares its names with the names of the vulnerability's data. */
@Component
class JinjaCheck implements TemplateCheck {

    private final JinjaTexts texts;
    private final TemplateNames names;

    JinjaCheck(JinjaTexts texts, TemplateNames names) {
        this.texts = texts;
        this.names = names;
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
        Set<String> known = names.known();
        unknown.removeAll(known);
        return known.isEmpty() || unknown.isEmpty()
                ? List.of()
                : List.of("the template uses " + unknown.stream().collect(Collectors.joining("', '", "'", "'"))
                        + ", which no vulnerability has, so nothing is printed for it; names are written as in"
                        + " vuln.severity or severity, or set by the template itself");
    }
}
