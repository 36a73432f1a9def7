package io.faradaybridge.jinja2;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@code for target in iterable if condition} ... {@code else} ... {@code endfor}. */
final class For extends Statement {

    /** The parts of a loop; those of a recursive one are a function of their own. */
    record Parts(
            Target target,
            @Nullable Target testTarget,
            @Nullable Expression test,
            ScopeBuilder.@Nullable Scope testScope,
            ScopeBuilder.Scope scope,
            Statement body,
            ScopeBuilder.@Nullable Scope elseScope,
            @Nullable Statement otherwise,
            @Nullable VariableRef loop,
            boolean recursive) {

        int depth() {
            return Math.max(
                    body.depth, Math.max(test == null ? 0 : test.depth, otherwise == null ? 0 : otherwise.depth));
        }
    }

    private final Expression iterable;
    private final Parts parts;

    For(int line, Expression iterable, Parts parts) {
        super(line, 2 + Math.max(iterable.depth, parts.depth()));
        this.iterable = iterable;
        this.parts = parts;
    }

    @Override
    void execute(Context context) {
        context.at(line);
        context.budget().step();
        Object items = iterable.evaluate(context);
        context.at(line);
        if (parts.recursive()) {
            context.print(context.safe(new Recursion(context.activation()).write(context, items, 0)));
        } else {
            run(context, context.activation(), items, null, 0);
        }
    }

    /** A recursive loop as the function that {@code loop(...)} calls. */
    final class Recursion {
        private final Activation around;

        private Recursion(Activation around) {
            this.around = around;
        }

        String write(Context context, Object items, int depth0) {
            Activation before = context.activation();
            context.budget().enter(depth);
            context.activate(new Activation(parts.scope().function.slots, around));
            try {
                return context.captureText(() -> run(context, around, items, this, depth0));
            } finally {
                context.activate(before);
                context.budget().leave(depth);
            }
        }
    }

    private void run(Context context, Activation around, Object iterable, @Nullable Recursion recursion, int depth0) {
        Budget budget = context.budget();
        Iterator<Object> items = Iteration.of(iterable, budget);
        Object counted = iterable;
        if (parts.test() != null) {
            items = filtered(context, around, items);
            counted = items;
        }
        Loop loop = parts.loop() == null ? null : new Loop(counted, items, budget, recursion, depth0);
        boolean any = false;
        while (loop == null ? items.hasNext() : loop.hasNext()) {
            any = true;
            context.at(line);
            budget.step();
            parts.target().assign(context, loop == null ? items.next() : loop.next());
            if (loop != null && parts.loop() != null) {
                context.activation().set(parts.loop(), loop);
            }
            context.enter(parts.scope());
            parts.body().execute(context);
            context.at(line);
        }
        if (!any && parts.otherwise() != null && parts.elseScope() != null) {
            context.enter(parts.elseScope());
            parts.otherwise().execute(context);
        }
    }

    /** The condition belongs to what is around the loop, and is asked when an item is needed. */
    private Iterator<Object> filtered(Context context, Activation around, Iterator<Object> items) {
        Expression test = java.util.Objects.requireNonNull(parts.test());
        Target target = java.util.Objects.requireNonNull(parts.testTarget());
        ScopeBuilder.Scope scope = java.util.Objects.requireNonNull(parts.testScope());
        boolean[] entered = new boolean[1];
        return Calls.matching(items, item -> {
            Activation before = context.activation();
            context.activate(around);
            try {
                context.at(line);
                context.budget().step();
                if (!entered[0]) {
                    context.enter(scope);
                    entered[0] = true;
                }
                target.assign(context, item);
                return Iteration.truth(test.evaluate(context));
            } finally {
                context.activate(before);
            }
        });
    }
}
