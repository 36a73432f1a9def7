package io.faradaybridge.jinja2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values written in the template, and names. */
final class Literals {

    private Literals() {}

    static final class Constant extends Expression {
        final Object value;

        Constant(int line, Object value) {
            super(line, 1);
            this.value = value;
        }

        @Override
        Object evaluate(Context context) {
            return value;
        }
    }

    static final class Name extends Expression {
        final VariableRef reference;

        Name(int line, VariableRef reference) {
            super(line, 1);
            this.reference = reference;
        }

        @Override
        Object evaluate(Context context) {
            Object value = context.activation().get(reference);
            return value == Activation.MISSING ? Undefined.variable(reference.name()) : value;
        }
    }

    private static List<Object> all(List<Expression> items, Context context) {
        context.budget().elements(items.size());
        List<Object> values = new ArrayList<>(items.size());
        for (Expression item : items) {
            values.add(item.evaluate(context));
        }
        return values;
    }

    static final class ListLiteral extends Expression {
        private final List<Expression> items;

        ListLiteral(int line, List<Expression> items) {
            super(line, 1 + deepest(items));
            this.items = items;
        }

        @Override
        Object evaluate(Context context) {
            context.budget().step();
            return new ListValue(all(items, context));
        }
    }

    static final class TupleLiteral extends Expression {
        final List<Expression> items;

        TupleLiteral(int line, List<Expression> items) {
            super(line, 1 + deepest(items));
            this.items = items;
        }

        @Override
        Object evaluate(Context context) {
            context.budget().step();
            return TupleValue.of(all(items, context));
        }
    }

    static final class DictLiteral extends Expression {
        private final List<Expression> keys;
        private final List<Expression> values;

        DictLiteral(int line, List<Expression> keys, List<Expression> values) {
            super(line, 1 + Math.max(deepest(keys), deepest(values)));
            this.keys = keys;
            this.values = values;
        }

        @Override
        Object evaluate(Context context) {
            context.budget().step();
            context.budget().elements(8L * keys.size());
            DictValue dict = new DictValue(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                dict.put(keys.get(i).evaluate(context), values.get(i).evaluate(context));
            }
            return dict;
        }
    }

    /** The inside of {@code x[a:b:c]}. */
    static final class Slice extends Expression {
        private final @Nullable Expression start;
        private final @Nullable Expression stop;
        private final @Nullable Expression step;

        Slice(int line, @Nullable Expression start, @Nullable Expression stop, @Nullable Expression step) {
            super(line, 1 + Math.max(depth(start), Math.max(depth(stop), depth(step))));
            this.start = start;
            this.stop = stop;
            this.step = step;
        }

        private static int depth(@Nullable Expression part) {
            return part == null ? 0 : part.depth;
        }

        private static Object part(@Nullable Expression part, Context context) {
            return part == null ? None.NONE : part.evaluate(context);
        }

        @Override
        Object evaluate(Context context) {
            return new SliceValue(part(start, context), part(stop, context), part(step, context));
        }
    }
}
