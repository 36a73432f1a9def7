package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.values.Iteration;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code for target in iterable if condition} ... {@code else} ... {@code endfor}.
 *
 * @param variable where {@code loop} goes if the body asks for it
 */
public record For(
        int line,
        Expression iterable,
        Target target,
        @Nullable Condition condition,
        Statement.Part part,
        Statement.@Nullable Part otherwise,
        @Nullable VariableRef variable,
        boolean recursive)
        implements Statement {

    /** Which items are taken. It belongs to what is around the loop, and is asked when an item is needed. */
    public record Condition(Target target, Expression test, Scope scope) {}

    @Override
    public void run(Context context) {
        Object items = iterable.evaluate(context);
        if (recursive) {
            context.print(context.safe(new Recursion(this, context.activation()).write(context, items, 0)));
        } else {
            loop(context, context.activation(), items, null, 0);
        }
    }

    /** A recursive loop as the function that {@code loop(...)} calls. */
    record Recursion(For loop, Activation around) {

        public String write(Context context, Object items, int depth0) {
            Activation own = new Activation(loop.part.scope().slots(), around);
            return context.captureText(
                    () -> context.within(own, () -> loop.loop(context, around, items, this, depth0)));
        }
    }

    private void loop(Context context, Activation around, Object counted, @Nullable Recursion recursion, int depth0) {
        Iterator<Object> items = Iteration.of(counted);
        if (condition != null) {
            items = filtered(context, condition, around, items);
        }
        Loop loop = variable == null
                ? null
                : new Loop(condition == null ? counted : items, items, context, recursion, depth0);
        boolean any = false;
        while (loop == null ? items.hasNext() : loop.hasNext()) {
            any = true;
            context.budget().step();
            target.assign(context, loop == null ? items.next() : loop.next());
            if (loop != null) {
                context.activation().set(Objects.requireNonNull(variable), loop);
            }
            part.run(context);
        }
        if (!any && otherwise != null) {
            otherwise.run(context);
        }
    }

    private Iterator<Object> filtered(Context context, Condition condition, Activation around, Iterator<Object> items) {
        boolean[] entered = new boolean[1];
        return Iteration.matching(items, item -> {
            Activation before = context.activation();
            context.activate(around);
            int outer = context.begin(line);
            if (!entered[0]) {
                context.enter(condition.scope());
                entered[0] = true;
            }
            condition.target().assign(context, item);
            boolean taken = Iteration.truth(condition.test().evaluate(context));
            context.end(outer);
            context.activate(before);
            return taken;
        });
    }
}
