package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.text.Text;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Repr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the template that writes, or changes variables. */
public sealed interface Statement
        permits Statement.Data,
                Statement.Body,
                Statement.Print,
                Statement.If,
                Statement.Set,
                Statement.SetBlock,
                Statement.FilterBlock,
                Statement.CallBlock,
                Statement.With,
                Statement.Autoescape,
                Block,
                For {

    int line();

    void run(Context context);

    /** Meanwhile the rendering is in this line and one level deeper, and it has made one step more. */
    default void execute(Context context) {
        int outer = context.begin(line());
        run(context);
        context.end(outer);
    }

    /** Text between the tags. */
    record Data(int line, String text) implements Statement {

        public boolean isBlank() {
            return text.codePoints().allMatch(Text::isSpace);
        }

        @Override
        public void run(Context context) {
            context.write(text);
        }

        @Override
        public void execute(Context context) {
            run(context);
        }
    }

    /** One statement after the other. */
    record Body(int line, List<Statement> statements) implements Statement {

        public boolean isBlank() {
            return statements.stream().allMatch(statement -> statement instanceof Data data && data.isBlank());
        }

        @Override
        public void run(Context context) {
            for (Statement statement : statements) {
                statement.execute(context);
            }
        }

        @Override
        public void execute(Context context) {
            run(context);
        }
    }

    /** A body with variables of its own. */
    public record Part(Scope scope, Body body) {

        public void run(Context context) {
            context.enter(scope);
            body.run(context);
        }

        /** What it writes, which then is not written, as a value. */
        Object capture(Context context) {
            return context.safe(context.captureText(() -> run(context)));
        }
    }

    /** {@code {{ expression }}}. */
    record Print(Expression expression) implements Statement {

        @Override
        public int line() {
            return expression.line();
        }

        @Override
        public void run(Context context) {
            context.print(expression.evaluate(context));
        }
    }

    /** {@code if} and its {@code elif}s: the body of the first condition that holds. */
    record If(
            int line,
            List<Expression> conditions,
            List<Body> bodies,
            @Nullable Body otherwise) implements Statement {

        @Override
        public void run(Context context) {
            for (int i = 0; i < conditions.size(); i++) {
                if (Iteration.truth(conditions.get(i).evaluate(context))) {
                    bodies.get(i).run(context);
                    return;
                }
            }
            if (otherwise != null) {
                otherwise.run(context);
            }
        }
    }

    /** {@code set target = value}, and {@code macro}, whose value is the macro. */
    record Set(int line, Target target, Expression value) implements Statement {

        @Override
        public void run(Context context) {
            target.check(context);
            target.assign(context, value.evaluate(context));
        }
    }

    /** {@code set target} ... {@code endset}. */
    record SetBlock(
            int line, Target target, Part part, @Nullable Expression filter) implements Statement {

        @Override
        public void run(Context context) {
            Object text = part.capture(context);
            if (filter != null) {
                text = context.filter(text, filter);
                if (context.autoescape() && !(text instanceof Markup)) {
                    text = new Markup(Repr.str(text, context.budget()));
                }
            }
            target.assign(context, text);
        }
    }

    /** {@code filter name} ... {@code endfilter}. */
    record FilterBlock(int line, Part part, Expression filter) implements Statement {

        @Override
        public void run(Context context) {
            Object filtered = context.filter(part.capture(context), filter);
            context.append(Repr.str(filtered, context.budget()));
        }
    }

    /** {@code call(parameters) macro(arguments)} ... {@code endcall}: the body is the argument {@code caller}. */
    record CallBlock(int line, Expression call) implements Statement {

        @Override
        public void run(Context context) {
            context.append(Repr.str(call.evaluate(context), context.budget()));
        }
    }

    /** {@code with a = 1, b = 2} ... {@code endwith}. */
    record With(int line, List<Target> targets, List<Expression> values, Part part) implements Statement {

        @Override
        public void run(Context context) {
            context.enter(part.scope());
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(context, values.get(i).evaluate(context));
            }
            part.body().run(context);
        }
    }

    /** {@code autoescape true} ... {@code endautoescape}. */
    record Autoescape(int line, Expression on, Part part) implements Statement {

        @Override
        public void run(Context context) {
            context.enter(part.scope());
            boolean escapes = Iteration.truth(on.evaluate(context));
            context.withAutoescape(escapes, () -> part.body().run(context));
        }
    }
}
