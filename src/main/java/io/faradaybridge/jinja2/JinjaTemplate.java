package io.faradaybridge.jinja2;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parsed template: immutable, for any number of renderings in any number of threads. */
public final class JinjaTemplate {

    private final Environment environment;
    private final Statement.Part part;
    private final Map<String, Block> blocks;
    private final @Nullable VariableRef self;
    private final int parts;
    private final Set<String> names;
    /** How long the last text was: the next one will be alike. A race about it costs a few bytes. */
    private int expectedCharacters = 256;

    JinjaTemplate(
            Environment environment,
            Statement.Part part,
            Map<String, Block> blocks,
            @Nullable VariableRef self,
            int parts,
            Set<String> names) {
        this.environment = environment;
        this.part = part;
        this.blocks = blocks;
        this.self = self;
        this.parts = parts;
        this.names = Set.copyOf(names);
    }

    /** How many names, values, operators and tags it has, after which the memory goes that it keeps. */
    public int parts() {
        return parts;
    }

    /** Those that it expects of its data: neither set by itself nor functions that every template has. */
    public Set<String> names() {
        return names;
    }

    /** @throws TemplateSyntaxException if the source is no template, saying where and why */
    public static JinjaTemplate parse(String source) {
        return parse(source, Environment.DEFAULT);
    }

    /** @throws TemplateSyntaxException if the source is no template, saying where and why */
    public static JinjaTemplate parse(String source, Environment environment) {
        return new StatementParser(source, environment).template();
    }

    /**
     * @param data names and what they are: texts, numbers, booleans, dates of java.time, null, and lists and maps of
     *     these. They are not changed.
     * @throws TemplateRenderException if the template does what its data do not allow
     * @throws TemplateLimitException if it would use more than its limits
     */
    public String render(Map<String, ?> data) {
        Context context = new Context(environment, data, blocks, part.scope().slots(), expectedCharacters);
        try {
            if (self != null) {
                context.activation().set(self, context.blocks());
            }
            part.run(context);
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
