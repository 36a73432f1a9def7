package io.faradaybridge.jinja2;

import java.util.Arrays;
import java.util.List;

/** A part of the template that writes, or changes variables. */
abstract class Statement {

    final int line;
    final int depth;

    Statement(int line, int depth) {
        this.line = line;
        this.depth = depth;
    }

    abstract void execute(Context context);

    /** One statement after the other. */
    static final class Body extends Statement {
        private final Statement[] statements;

        Body(List<Statement> statements) {
            super(
                    0,
                    1
                            + statements.stream()
                                    .mapToInt(statement -> statement.depth)
                                    .max()
                                    .orElse(0));
            this.statements = statements.toArray(new Statement[0]);
        }

        boolean isBlank() {
            return Arrays.stream(statements).allMatch(statement -> statement instanceof Data data && data.isBlank());
        }

        @Override
        void execute(Context context) {
            for (Statement statement : statements) {
                statement.execute(context);
            }
        }
    }

    /** Text between the tags. */
    static final class Data extends Statement {
        private final String text;

        Data(int line, String text) {
            super(line, 1);
            this.text = text;
        }

        boolean isBlank() {
            return text.codePoints().allMatch(Text::isSpace);
        }

        @Override
        void execute(Context context) {
            context.write(text);
        }
    }

    /** {@code {{ expression }}}. */
    static final class Print extends Statement {
        private final Expression expression;

        Print(Expression expression) {
            super(expression.line, expression.depth + 1);
            this.expression = expression;
        }

        @Override
        void execute(Context context) {
            context.at(line);
            context.budget().step();
            context.print(expression.evaluate(context));
        }
    }
}
