package io.faradaybridge.template.jinja;

import io.faradaybridge.template.jinja.TemplateRenderException.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code self}: the template's blocks, to be written once more. */
record BlockReference(Map<String, Statements.Block> blocks) {

    private record Written(Statements.Block block) implements Callable {
        @Override
        public Object call(Context context, Arguments arguments) {
            return context.capture(new Statement(block.line, block.depth) {
                @Override
                void execute(Context inside) {
                    block.run(inside, null);
                }
            });
        }
    }

    Object block(String name) {
        Statements.Block block = blocks.get(name);
        if (block == null) {
            throw Failure.of(Kind.KEY, Repr.brief(name));
        }
        return new Written(block);
    }

    @Nullable
    Object attribute(String name) {
        return null;
    }
}
