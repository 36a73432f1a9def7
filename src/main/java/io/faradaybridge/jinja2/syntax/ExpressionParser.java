package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.runtime.Expression;
import io.faradaybridge.jinja2.runtime.Library;
import io.faradaybridge.jinja2.runtime.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads expressions, by Jinja2's precedence of operators. */
abstract class ExpressionParser extends OperandParser {

    private static final Set<String> OR = Set.of("or");
    private static final Set<String> AND = Set.of("and");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
    private static final Set<String> POWERS = Set.of("**");

    ExpressionParser(String text, Library library, Limits limits) {
        super(text, library, limits);
    }

    @Override
    public Expression expression(boolean withCondition) {
        enter();
        Expression expression = withCondition ? conditional() : or();
        leave();
        return expression;
    }

    private Expression conditional() {
        int known = unknownSoFar();
        Token start = tokens.current();
        Expression value = or();
        for (int links = 1; tokens.skipName("if"); links++) {
            checkChain(links, start);
            Expression condition = or();
            Expression otherwise = null;
            if (tokens.skipName("else")) {
                enter();
                otherwise = conditional();
                leave();
            }
            value = new Operation.Conditional(line(start), condition, value, otherwise);
            forgetUnknownAfter(known);
        }
        return value;
    }

    private Expression leftToRight(Set<String> operators, Supplier<Expression> operand) {
        Token start = tokens.current();
        Expression left = operand.get();
        for (int links = 1; tokens.current().isOneOf(operators); links++) {
            checkChain(links, start);
            String operator = tokens.next().text();
            left = Operation.of(line(start), operator, left, operand.get());
        }
        return left;
    }

    private Expression or() {
        return leftToRight(OR, this::and);
    }

    private Expression and() {
        return leftToRight(AND, this::not);
    }

    private Expression not() {
        Token start = tokens.current();
        if (!tokens.skipName("not")) {
            return compare();
        }
        enter();
        Expression operand = not();
        leave();
        return new Operation.Not(line(start), operand);
    }

    private Expression compare() {
        Token start = tokens.current();
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            if (tokens.current().isOneOf(COMPARISONS)) {
                operators.add(tokens.next().text());
            } else if (tokens.current().isName("not") && tokens.look().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return others.isEmpty() ? first : new Operation.Compare(line(start), first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        return leftToRight(SUMS, this::concatenation);
    }

    private Expression concatenation() {
        Token start = tokens.current();
        Expression first = product();
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Operation.Concatenation(line(start), parts);
    }

    private Expression product() {
        return leftToRight(PRODUCTS, this::power);
    }

    private Expression power() {
        return leftToRight(POWERS, () -> unary(true));
    }

    private Expression unary(boolean withFilter) {
        Token start = tokens.current();
        Expression value;
        if (start.isOneOf(SUMS)) {
            boolean minus = tokens.next().text().equals("-");
            enter();
            value = new Operation.Signed(line(start), minus, unary(false));
            leave();
        } else {
            value = primary();
        }
        value = postfix(value);
        return withFilter ? filtersAndTests(value) : value;
    }
}
