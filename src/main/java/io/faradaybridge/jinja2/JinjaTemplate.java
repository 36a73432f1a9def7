package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.api.TemplateLimitException;
import io.faradaybridge.jinja2.api.TemplateRenderException;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import io.faradaybridge.jinja2.runtime.Context;
import io.faradaybridge.jinja2.runtime.Program;
import io.faradaybridge.jinja2.syntax.StatementParser;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import java.util.Map;
import java.util.Set;

/** A parsed template: immutable, for any number of renderings in any number of threads. */
public final class JinjaTemplate {

    private final Environment environment;
    private final Program program;
    /** How long the last text was: the next one will be alike. A race about it costs a few bytes. */
    private int expectedCharacters = 256;

    private JinjaTemplate(Environment environment, Program program) {
        this.environment = environment;
        this.program = program;
    }

    /** How many names, values, operators and tags it has, after which the memory goes that it keeps. */
    public int parts() {
        return program.parts();
    }

    /** Those that it expects of its data: neither set by itself nor functions that every template has. */
    public Set<String> names() {
        return program.names();
    }

    /** @throws TemplateSyntaxException if the source is no template, saying where and why */
    public static JinjaTemplate parse(String source) {
        return parse(source, Environment.DEFAULT);
    }

    /** @throws TemplateSyntaxException if the source is no template, saying where and why */
    public static JinjaTemplate parse(String source, Environment environment) {
        Program program = new StatementParser(source, environment.library(), environment.limits()).program();
        return new JinjaTemplate(environment, program);
    }

    /**
     * @param data names and what they are: texts, numbers, booleans, dates of java.time, null, and lists and maps of
     *     these. They are not changed.
     * @throws TemplateRenderException if the template does what its data do not allow
     * @throws TemplateLimitException if it would use more than its limits
     */
    public String render(Map<String, ?> data) {
        Budget budget = new Budget(environment.limits(), environment.escaping());
        Context context = new Context(environment.library(), budget, data, program, expectedCharacters);
        try {
            program.run(context);
            String text = context.text();
            expectedCharacters = Math.max(256, text.length() + text.length() / 16);
            return text;
        } catch (Failure failure) {
            throw failure.kind() == null
                    ? new TemplateLimitException(context.line(), failure.reason())
                    : new TemplateRenderException(context.line(), failure.kind(), failure.reason());
        } catch (StackOverflowError e) {
            // The depth is counted, but nobody promised how much stack is left to a rendering.
            throw new TemplateLimitException(context.line(), "the template is nested too deeply");
        }
    }
}
