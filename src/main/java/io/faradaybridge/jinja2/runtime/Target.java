package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.api.TemplateRenderException.Kind;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Namespace;
import java.util.List;

/** What stands left of an equals sign, or behind {@code for}. */
public sealed interface Target {

    void assign(Context context, Object value);

    /** Before the value is known: what cannot be assigned to. */
    default void check(Context context) {}

    /** @param exported whether blocks see it too */
    record Variable(VariableRef reference, boolean exported) implements Target {

        @Override
        public void assign(Context context, Object value) {
            context.activation().set(reference, value);
            if (exported) {
                context.export(reference.name(), value);
            }
        }
    }

    record Unpacked(List<Target> targets) implements Target {

        @Override
        public void assign(Context context, Object value) {
            List<Object> items = Iteration.unpack(value, targets.size());
            for (int i = 0; i < items.size(); i++) {
                targets.get(i).assign(context, items.get(i));
            }
        }

        @Override
        public void check(Context context) {
            targets.forEach(target -> target.check(context));
        }
    }

    /** {@code ns.attribute}. */
    record NamespaceAttribute(VariableRef namespace, String attribute) implements Target {

        @Override
        public void assign(Context context, Object value) {
            if (context.activation().get(namespace) instanceof Namespace target) {
                target.attributes().put(attribute, value);
            }
        }

        @Override
        public void check(Context context) {
            if (!(context.activation().get(namespace) instanceof Namespace)) {
                throw Failure.of(Kind.TEMPLATE, "cannot assign attribute on non-namespace object");
            }
        }
    }
}
