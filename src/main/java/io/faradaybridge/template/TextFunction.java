package io.faradaybridge.template;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import freemarker.template.TemplateScalarModel;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A function for templates, {@code name(text)} or {@code name(text, limit)}. It returns the text, cut to the limit and
 * made safe.
 */
final class TextFunction implements TemplateMethodModelEx {

    private final String name;
    private final UnaryOperator<String> rule;

    TextFunction(String name, UnaryOperator<String> rule) {
        this.name = name;
        this.rule = rule;
    }

    @Override
    public Object exec(@SuppressWarnings("rawtypes") List arguments) throws TemplateModelException {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new TemplateModelException(name + "(text) or " + name + "(text, limit) takes one or two arguments");
        }
        String text = text(arguments.get(0));
        if (arguments.size() == 2) {
            if (!(arguments.get(1) instanceof TemplateNumberModel limit)) {
                throw new TemplateModelException("the limit of " + name + "(text, limit) must be a number");
            }
            text = WikiText.cut(text, limit.getAsNumber().intValue());
        }
        return new SimpleScalar(rule.apply(text));
    }

    private String text(Object argument) throws TemplateModelException {
        if (argument instanceof TemplateScalarModel text) {
            return text.getAsString();
        }
        if (argument instanceof TemplateNumberModel number) {
            return number.getAsNumber().toString();
        }
        throw new TemplateModelException(name + " takes a text; use ?join for a list and ?c for true and false");
    }
}
