package io.faradaybridge.jinja2.runtime;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A template that has been read.
 *
 * @param self where its blocks go if it asks for them
 * @param parts how many names, values, operators and tags it has
 * @param names those that it expects of its data
 */
public record Program(
        Statement.Part part,
        Map<String, Block> blocks,
        @Nullable VariableRef self,
        int parts,
        Set<String> names) {

    public void run(Context context) {
        if (self != null) {
            context.activation().set(self, context.blocks());
        }
        part.run(context);
    }
}
