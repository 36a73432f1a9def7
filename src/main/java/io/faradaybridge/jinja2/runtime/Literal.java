package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.DictValue;
import io.faradaybridge.jinja2.values.ListValue;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.SliceValue;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values written in the template, and names. */
public sealed interface Literal extends Expression {

    record Constant(int line, Object constant) implements Literal {

        @Override
        public Object value(Context context) {
            return constant;
        }

        @Override
        public Object evaluate(Context context) {
            return constant;
        }
    }

    record Name(int line, VariableRef reference) implements Literal {

        @Override
        public Object value(Context context) {
            Object value = context.activation().get(reference);
            return value == Activation.MISSING ? Undefined.variable(reference.name()) : value;
        }

        @Override
        public Object evaluate(Context context) {
            return value(context);
        }
    }

    record ListLiteral(int line, List<Expression> items) implements Literal {

        @Override
        public Object value(Context context) {
            return new ListValue(all(items, context));
        }
    }

    record TupleLiteral(int line, List<Expression> items) implements Literal {

        @Override
        public Object value(Context context) {
            return TupleValue.of(all(items, context));
        }
    }

    private static List<Object> all(List<Expression> items, Context context) {
        List<Object> values = new ArrayList<>(items.size());
        for (Expression item : items) {
            values.add(item.evaluate(context));
        }
        return values;
    }

    record DictLiteral(int line, List<Expression> keys, List<Expression> values) implements Literal {

        @Override
        public Object value(Context context) {
            DictValue dict = new DictValue(keys.size());
            for (int i = 0; i < keys.size(); i++) {
                dict.put(keys.get(i).evaluate(context), values.get(i).evaluate(context));
            }
            return dict;
        }
    }

    /** The inside of {@code x[a:b:c]}. */
    record Slice(
            int line,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step) implements Literal {

        private static Object part(@Nullable Expression part, Context context) {
            return part == null ? None.NONE : part.evaluate(context);
        }

        @Override
        public Object value(Context context) {
            return new SliceValue(part(start, context), part(stop, context), part(step, context));
        }
    }
}
