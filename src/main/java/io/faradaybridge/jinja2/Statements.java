package io.faradaybridge.jinja2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags, but for loops and macros. */
final class Statements {

    private Statements() {}

    /** {@code if} and its {@code elif}s. */
    static final class If extends Statement {
        private final List<Expression> conditions;
        private final List<Statement> bodies;
        private final @Nullable Statement otherwise;

        If(int line, List<Expression> conditions, List<Statement> bodies, @Nullable Statement otherwise) {
            super(
                    line,
                    1
                            + Math.max(
                                    Math.max(Expression.deepest(conditions), otherwise == null ? 0 : otherwise.depth),
                                    bodies.stream()
                                            .mapToInt(body -> body.depth)
                                            .max()
                                            .orElse(0)));
            this.conditions = conditions;
            this.bodies = bodies;
            this.otherwise = otherwise;
        }

        @Override
        void execute(Context context) {
            for (int i = 0; i < conditions.size(); i++) {
                context.at(line);
                context.budget().step();
                if (Iteration.truth(conditions.get(i).evaluate(context))) {
                    bodies.get(i).execute(context);
                    return;
                }
            }
            if (otherwise != null) {
                otherwise.execute(context);
            }
        }
    }

    /** {@code set target = value}. */
    static final class Set extends Statement {
        private final Target target;
        private final Expression value;

        Set(int line, Target target, Expression value) {
            super(line, 1 + value.depth);
            this.target = target;
            this.value = value;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            target.check(context);
            Object assigned = value.evaluate(context);
            context.at(line);
            target.assign(context, assigned);
        }
    }

    /** {@code set target} ... {@code endset}. */
    static final class SetBlock extends Statement {
        private final Target target;
        private final ScopeBuilder.Scope scope;
        private final Statement body;
        private final @Nullable Expression filter;

        SetBlock(int line, Target target, ScopeBuilder.Scope scope, Statement body, @Nullable Expression filter) {
            super(line, 1 + Math.max(body.depth, filter == null ? 0 : filter.depth));
            this.target = target;
            this.scope = scope;
            this.body = body;
            this.filter = filter;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            context.enter(scope);
            Object text = context.capture(body);
            if (filter != null) {
                text = context.filter(text, filter);
                if (context.autoescape() && !(text instanceof Markup)) {
                    text = new Markup(Repr.str(text, context.budget()));
                }
            }
            context.at(line);
            target.assign(context, text);
        }
    }

    /** {@code filter name} ... {@code endfilter}. */
    static final class FilterBlock extends Statement {
        private final ScopeBuilder.Scope scope;
        private final Statement body;
        private final Expression filter;

        FilterBlock(int line, ScopeBuilder.Scope scope, Statement body, Expression filter) {
            super(line, 1 + Math.max(body.depth, filter.depth));
            this.scope = scope;
            this.body = body;
            this.filter = filter;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            context.enter(scope);
            Object filtered = context.filter(context.capture(body), filter);
            String text = Repr.str(filtered, context.budget());
            context.append(text);
        }
    }

    /** {@code with a = 1, b = 2} ... {@code endwith}. */
    static final class With extends Statement {
        private final ScopeBuilder.Scope scope;
        private final List<Target> targets;
        private final List<Expression> values;
        private final Statement body;

        With(int line, ScopeBuilder.Scope scope, List<Target> targets, List<Expression> values, Statement body) {
            super(line, 1 + Math.max(body.depth, Expression.deepest(values)));
            this.scope = scope;
            this.targets = targets;
            this.values = values;
            this.body = body;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            context.enter(scope);
            for (int i = 0; i < targets.size(); i++) {
                Object value = values.get(i).evaluate(context);
                context.at(line);
                targets.get(i).assign(context, value);
            }
            body.execute(context);
        }
    }

    /** {@code autoescape true} ... {@code endautoescape}. */
    static final class Autoescape extends Statement {
        private final ScopeBuilder.Scope scope;
        private final Expression on;
        private final Statement body;

        Autoescape(int line, ScopeBuilder.Scope scope, Expression on, Statement body) {
            super(line, 1 + Math.max(body.depth, on.depth));
            this.scope = scope;
            this.on = on;
            this.body = body;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            context.enter(scope);
            context.withAutoescape(Iteration.truth(on.evaluate(context)), () -> body.execute(context));
        }
    }

    /** {@code block name} ... {@code endblock}: written where it stands, since there is no inheritance here. */
    static final class Block extends Statement {
        private final String name;
        private final boolean required;
        private final boolean inside;
        final ScopeBuilder.Scope scope;
        private final @Nullable VariableRef self;
        private final @Nullable VariableRef parent;
        private final Statement body;

        /** @param inside whether it sees the variables around it */
        Block(
                int line,
                String name,
                boolean required,
                boolean inside,
                ScopeBuilder.Scope scope,
                @Nullable VariableRef self,
                @Nullable VariableRef parent,
                Statement body) {
            super(line, 1 + body.depth);
            this.name = name;
            this.required = required;
            this.inside = inside;
            this.scope = scope;
            this.self = self;
            this.parent = parent;
            this.body = body;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            if (required) {
                throw Failure.of(TemplateRenderException.Kind.TEMPLATE, "Required block '" + name + "' not found");
            }
            run(context, inside ? context.activation() : null);
        }

        void run(Context context, @Nullable Activation around) {
            Activation before = context.activation();
            Activation own = new Activation(scope.function.slots, around);
            context.budget().enter(depth);
            context.activate(own);
            try {
                if (self != null) {
                    own.set(self, context.blocks());
                }
                if (parent != null) {
                    own.set(parent, Undefined.because("there is no parent block called '" + name + "'."));
                }
                context.enter(scope);
                context.withInitialAutoescape(() -> body.execute(context));
            } finally {
                context.activate(before);
                context.budget().leave(depth);
            }
        }
    }
}
