package io.faradaybridge.jinja2;

import io.faradaybridge.jinja2.TemplateRenderException.Kind;
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
        Object written = attribute(name);
        if (written == null) {
            throw Failure.of(Kind.KEY, Repr.brief(name));
        }
        return written;
    }

    @Nullable
    Object attribute(String name) {
        Statements.Block block = blocks.get(name);
        return block == null ? null : new Written(block);
    }
}
