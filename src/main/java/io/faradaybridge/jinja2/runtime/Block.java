package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.JinjaObject;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code block name} ... {@code endblock}: written where it stands, since there is no inheritance here.
 *
 * @param inside whether it sees the variables around it
 * @param self where the blocks of the template go if it asks for them
 * @param parent where goes what {@code super()} would call
 */
public record Block(
        int line,
        String name,
        boolean required,
        boolean inside,
        @Nullable VariableRef self,
        @Nullable VariableRef parent,
        Statement.Part part)
        implements Statement {

    @Override
    public void run(Context context) {
        if (required) {
            throw Failure.of(Kind.TEMPLATE, "Required block '" + name + "' not found");
        }
        write(context, inside ? context.activation() : null);
    }

    private void write(Context context, @Nullable Activation around) {
        Activation own = new Activation(part.scope().slots(), around);
        if (self != null) {
            own.set(self, context.blocks());
        }
        if (parent != null) {
            own.set(parent, Undefined.because("there is no parent block called '" + name + "'."));
        }
        context.within(own, () -> context.withInitialAutoescape(() -> part.run(context)));
    }

    /** {@code self}: the template's blocks, to be written once more. */
    record BlockReference(Map<String, Block> blocks, Context context) implements JinjaObject {

        private record Written(Block block, Context context) implements Callable {
            @Override
            public Object call(Arguments arguments, Budget budget) {
                return context.safe(context.captureText(() -> block.write(context, null)));
            }
        }

        @Override
        public String qualifiedType() {
            return "jinja2.runtime.BlockReference";
        }

        @Override
        public Object item(String name) {
            Object written = attribute(name);
            if (written == null) {
                throw Failure.of(Kind.KEY, Repr.brief(name));
            }
            return written;
        }

        @Override
        public @Nullable Object attribute(String name) {
            Block block = blocks.get(name);
            return block == null ? null : new Written(block, context);
        }
    }
}
