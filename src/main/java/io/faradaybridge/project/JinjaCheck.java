package io.faradaybridge.project;

import io.faradaybridge.template.JinjaTexts;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A template is parsed before it is saved. */
@Component
class JinjaCheck implements TemplateCheck {

    private final JinjaTexts texts;

    JinjaCheck(JinjaTexts texts) {
        this.texts = texts;
    }

    @Override
    public Optional<Problem> problem(String system, String template) {
        return texts.problem(template)
                .map(wrong -> new Problem(wrong.line(), "the template cannot be used: " + wrong.reason()));
    }
}
