package io.faradaybridge.jinja2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions made of operators. */
final class Operations {

    private Operations() {}

    static final class Binary extends Expression {
        private final String operator;
        private final Expression left;
        private final Expression right;

        Binary(int line, String operator, Expression left, Expression right) {
            super(line, 1 + Math.max(left.depth, right.depth));
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        Object evaluate(Context context) {
            Object first = left.evaluate(context);
            Object second = right.evaluate(context);
            context.at(line);
            Budget budget = context.budget();
            budget.step();
            return switch (operator) {
                case "+" -> Operators.add(first, second, budget);
                case "-" -> Operators.subtract(first, second, budget);
                case "*" -> Operators.multiply(first, second, budget);
                case "/" -> Operators.divide(first, second, budget);
                case "//" -> Operators.floorDivide(first, second, budget);
                case "%" -> Operators.modulo(first, second, budget);
                default -> Operators.power(first, second, budget);
            };
        }
    }

    static final class Signed extends Expression {
        private final boolean minus;
        private final Expression operand;

        Signed(int line, boolean minus, Expression operand) {
            super(line, 1 + operand.depth);
            this.minus = minus;
            this.operand = operand;
        }

        @Override
        Object evaluate(Context context) {
            Object value = operand.evaluate(context);
            context.at(line);
            context.budget().step();
            return minus ? Operators.negate(value, context.budget()) : Operators.plus(value);
        }
    }

    static final class Not extends Expression {
        private final Expression operand;

        Not(int line, Expression operand) {
            super(line, 1 + operand.depth);
            this.operand = operand;
        }

        @Override
        Object evaluate(Context context) {
            return !Iteration.truth(operand.evaluate(context));
        }
    }

    /** {@code and} and {@code or}: the first operand that decides, and not whether it is true. */
    static final class Either extends Expression {
        private final boolean decidedBy;
        private final Expression left;
        private final Expression right;

        /** @param decidedBy true for {@code or}: the left operand counts if it is true */
        Either(int line, boolean decidedBy, Expression left, Expression right) {
            super(line, 1 + Math.max(left.depth, right.depth));
            this.decidedBy = decidedBy;
            this.left = left;
            this.right = right;
        }

        @Override
        Object evaluate(Context context) {
            Object value = left.evaluate(context);
            context.budget().step();
            return Iteration.truth(value) == decidedBy ? value : right.evaluate(context);
        }
    }

    /** {@code a < b <= c}: each neighbour pair, as far as needed. */
    static final class Compare extends Expression {
        private final Expression first;
        private final List<String> operators;
        private final List<Expression> others;

        Compare(int line, Expression first, List<String> operators, List<Expression> others) {
            super(line, 1 + Math.max(first.depth, deepest(others)));
            this.first = first;
            this.operators = operators;
            this.others = others;
        }

        @Override
        Object evaluate(Context context) {
            Object left = first.evaluate(context);
            for (int i = 0; i < others.size(); i++) {
                Object right = others.get(i).evaluate(context);
                context.at(line);
                context.budget().step();
                if (!holds(operators.get(i), left, right, context.budget())) {
                    return false;
                }
                left = right;
            }
            return true;
        }

        private static boolean holds(String operator, Object left, Object right, Budget budget) {
            return switch (operator) {
                case "==" -> Comparison.equal(left, right, budget);
                case "!=" -> !Comparison.equal(left, right, budget);
                case "in" -> Comparison.contains(right, left, budget);
                case "not in" -> !Comparison.contains(right, left, budget);
                default -> Comparison.ordered(operator, left, right, budget);
            };
        }
    }

    /** {@code a ~ b ~ c}. */
    static final class Concatenation extends Expression {
        private final List<Expression> parts;

        Concatenation(int line, List<Expression> parts) {
            super(line, 1 + deepest(parts));
            this.parts = parts;
        }

        @Override
        Object evaluate(Context context) {
            Budget budget = context.budget();
            StringBuilder text = new StringBuilder();
            boolean markup = false;
            Object[] values = new Object[parts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parts.get(i).evaluate(context);
                markup |= context.autoescape() && values[i] instanceof Markup;
            }
            context.at(line);
            for (Object value : values) {
                budget.step();
                String part = markup ? Operators.escaped(value, budget) : Repr.str(value, budget);
                budget.text(part.length());
                text.append(part);
            }
            return markup ? new Markup(text.toString()) : text.toString();
        }
    }

    /** {@code a if condition else b}. */
    static final class Conditional extends Expression {
        private final Expression condition;
        private final Expression then;
        private final @Nullable Expression otherwise;

        Conditional(int line, Expression condition, Expression then, @Nullable Expression otherwise) {
            super(line, 1 + Math.max(Math.max(condition.depth, then.depth), otherwise == null ? 0 : otherwise.depth));
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
        }

        @Override
        Object evaluate(Context context) {
            context.budget().step();
            if (Iteration.truth(condition.evaluate(context))) {
                return then.evaluate(context);
            }
            return otherwise == null
                    ? Undefined.because("the inline if-expression on line " + line
                            + " evaluated to false and no else section was defined.")
                    : otherwise.evaluate(context);
        }
    }

    /** {@code a.name}. */
    static final class Attribute extends Expression {
        final Expression owner;
        final String name;

        Attribute(int line, Expression owner, String name) {
            super(line, 1 + owner.depth);
            this.owner = owner;
            this.name = name;
        }

        @Override
        Object evaluate(Context context) {
            Object value = owner.evaluate(context);
            context.at(line);
            context.budget().step();
            return Attributes.attribute(value, name);
        }
    }

    /** {@code a[key]}. */
    static final class Item extends Expression {
        private final Expression owner;
        private final Expression key;

        Item(int line, Expression owner, Expression key) {
            super(line, 1 + Math.max(owner.depth, key.depth));
            this.owner = owner;
            this.key = key;
        }

        @Override
        Object evaluate(Context context) {
            Object value = owner.evaluate(context);
            Object at = key.evaluate(context);
            context.at(line);
            context.budget().step();
            // A slice is Python's own, without falling back to an attribute.
            return key instanceof Literals.Slice
                    ? Attributes.subscript(value, at, context.budget())
                    : Attributes.item(value, at, context.budget());
        }
    }
}
