package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.python.Attributes;
import io.faradaybridge.jinja2.python.Division;
import io.faradaybridge.jinja2.python.Operators;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.TextBuilder;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Markup;
import io.faradaybridge.jinja2.values.Repr;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions made of operators. */
public sealed interface Operation extends Expression {

    /** Of two operands with an operator between them. */
    public static Expression of(int line, String operator, Expression left, Expression right) {
        return switch (operator) {
            case "or" -> new Either(line, true, left, right);
            case "and" -> new Either(line, false, left, right);
            default -> new Binary(line, operator, left, right);
        };
    }

    record Binary(int line, String operator, Expression left, Expression right) implements Operation {

        @Override
        public Object value(Context context) {
            Object first = left.evaluate(context);
            Object second = right.evaluate(context);
            Budget budget = context.budget();
            return switch (operator) {
                case "+" -> Operators.add(first, second, budget);
                case "-" -> Operators.subtract(first, second);
                case "*" -> Operators.multiply(first, second, budget);
                case "/" -> Division.divide(first, second);
                case "//" -> Division.floorDivide(first, second);
                case "%" -> Division.modulo(first, second, budget);
                default -> Division.power(first, second);
            };
        }
    }

    record Signed(int line, boolean minus, Expression operand) implements Operation {

        @Override
        public Object value(Context context) {
            Object value = operand.evaluate(context);
            return minus ? Operators.negate(value) : Operators.plus(value);
        }
    }

    record Not(int line, Expression operand) implements Operation {

        @Override
        public Object value(Context context) {
            return !Iteration.truth(operand.evaluate(context));
        }
    }

    /**
     * {@code and} and {@code or}: the first operand that decides, and not whether it is true.
     *
     * @param decidedBy true for {@code or}: the left operand counts if it is true
     */
    record Either(int line, boolean decidedBy, Expression left, Expression right) implements Operation {

        @Override
        public Object value(Context context) {
            Object value = left.evaluate(context);
            return Iteration.truth(value) == decidedBy ? value : right.evaluate(context);
        }
    }

    /** {@code a < b <= c}: each neighbour pair, as far as needed. */
    record Compare(int line, Expression first, List<String> operators, List<Expression> others) implements Operation {

        @Override
        public Object value(Context context) {
            Object left = first.evaluate(context);
            for (int i = 0; i < others.size(); i++) {
                Object right = others.get(i).evaluate(context);
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
    record Concatenation(int line, List<Expression> parts) implements Operation {

        @Override
        public Object value(Context context) {
            Budget budget = context.budget();
            TextBuilder text = new TextBuilder(budget);
            boolean markup = false;
            Object[] values = new Object[parts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = parts.get(i).evaluate(context);
                markup |= context.autoescape() && values[i] instanceof Markup;
            }
            for (Object value : values) {
                String part = markup ? Operators.escaped(value, budget) : Repr.str(value, budget);
                text.append(part);
            }
            return markup ? new Markup(text.toString()) : text.toString();
        }
    }

    /** {@code a if condition else b}. */
    record Conditional(
            int line,
            Expression condition,
            Expression then,
            @Nullable Expression otherwise) implements Operation {

        @Override
        public Object value(Context context) {
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
    record Attribute(int line, Expression owner, String name) implements Operation {

        @Override
        public Object value(Context context) {
            return Attributes.attribute(owner.evaluate(context), name);
        }
    }

    /** {@code a[key]}. */
    record Item(int line, Expression owner, Expression key) implements Operation {

        @Override
        public Object value(Context context) {
            Object value = owner.evaluate(context);
            Object at = key.evaluate(context);
            // A slice is Python's own, without falling back to an attribute.
            return key instanceof Literal.Slice
                    ? Attributes.subscript(value, at, context.budget())
                    : Attributes.item(value, at, context.budget());
        }
    }
}
