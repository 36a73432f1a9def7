package io.faradaybridge.jinja2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions, by Jinja2's precedence of operators. */
class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    final TokenStream tokens;
    final Environment environment;
    private final Lines lines;
    private final int mostNesting;
    private int nesting;

    /** The part of the template that is being read. */
    ScopeBuilder.Scope scope = ScopeBuilder.root();

    /** Inside of a condition an unknown filter is an error only when it is used. */
    boolean conditional;

    private record Unknown(int position, String message) {}

    private final List<Unknown> unknown = new ArrayList<>();

    ExpressionParser(Source source, Environment environment) {
        this.tokens = new TokenStream(source, environment.limits().parts());
        this.environment = environment;
        this.lines = new Lines(source);
        this.mostNesting = environment.limits().nesting();
    }

    /** Complains about the first filter or test that does not exist. */
    void rejectUnknown() {
        if (!unknown.isEmpty()) {
            throw tokens.error(unknown.get(0).position(), unknown.get(0).message());
        }
    }

    int line(Token token) {
        return lines.of(token.position());
    }

    void enter() {
        nesting++;
        if (nesting > mostNesting) {
            throw tokens.error("nested more than " + mostNesting + " levels deep");
        }
    }

    void leave() {
        nesting--;
    }

    private <T extends Expression> T checked(T expression, Token at) {
        if (expression.depth > mostNesting) {
            throw tokens.error(at.position(), "an expression of more than " + mostNesting + " levels");
        }
        return expression;
    }

    Expression expression() {
        return expression(true);
    }

    private Expression expression(boolean withCondition) {
        enter();
        try {
            return withCondition ? conditional() : or();
        } finally {
            leave();
        }
    }

    private Expression conditional() {
        int known = unknown.size();
        Token start = tokens.current();
        Expression value = or();
        while (tokens.skipName("if")) {
            Expression condition = or();
            Expression otherwise = null;
            if (tokens.skipName("else")) {
                enter();
                otherwise = conditional();
                leave();
            }
            value = checked(new Operations.Conditional(line(start), condition, value, otherwise), start);
            unknown.subList(known, unknown.size()).clear();
        }
        return value;
    }

    private Expression or() {
        Token start = tokens.current();
        Expression left = and();
        while (tokens.skipName("or")) {
            left = checked(new Operations.Either(line(start), true, left, and()), start);
        }
        return left;
    }

    private Expression and() {
        Token start = tokens.current();
        Expression left = not();
        while (tokens.skipName("and")) {
            left = checked(new Operations.Either(line(start), false, left, not()), start);
        }
        return left;
    }

    private Expression not() {
        Token start = tokens.current();
        if (tokens.skipName("not")) {
            enter();
            Expression operand = not();
            leave();
            return new Operations.Not(line(start), operand);
        }
        return compare();
    }

    private Expression compare() {
        Token start = tokens.current();
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            Token token = tokens.current();
            if (token.is(Token.Type.OPERATOR) && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.skipName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.look().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                break;
            }
            others.add(sum());
        }
        return others.isEmpty() ? first : checked(new Operations.Compare(line(start), first, operators, others), start);
    }

    private Expression sum() {
        Token start = tokens.current();
        Expression left = concatenation();
        while (tokens.current().isOperator("+") || tokens.current().isOperator("-")) {
            String operator = tokens.next().text();
            left = checked(new Operations.Binary(line(start), operator, left, concatenation()), start);
        }
        return left;
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
        return checked(new Operations.Concatenation(line(start), parts), start);
    }

    private Expression product() {
        Token start = tokens.current();
        Expression left = power();
        while (tokens.current().isOperator("*")
                || tokens.current().isOperator("/")
                || tokens.current().isOperator("//")
                || tokens.current().isOperator("%")) {
            String operator = tokens.next().text();
            left = checked(new Operations.Binary(line(start), operator, left, power()), start);
        }
        return left;
    }

    private Expression power() {
        Token start = tokens.current();
        Expression left = unary(true);
        while (tokens.skipOperator("**")) {
            left = checked(new Operations.Binary(line(start), "**", left, unary(true)), start);
        }
        return left;
    }

    private Expression unary(boolean withFilter) {
        Token start = tokens.current();
        Expression value;
        if (tokens.current().isOperator("-") || tokens.current().isOperator("+")) {
            boolean minus = tokens.next().text().equals("-");
            enter();
            value = checked(new Operations.Signed(line(start), minus, unary(false)), start);
            leave();
        } else {
            value = primary();
        }
        value = postfix(value);
        return withFilter ? filtersAndTests(value) : value;
    }

    Expression primary() {
        Token token = tokens.current();
        switch (token.type()) {
            case NAME -> {
                tokens.next();
                return switch (token.text()) {
                    case "true", "True" -> new Literals.Constant(line(token), true);
                    case "false", "False" -> new Literals.Constant(line(token), false);
                    case "none", "None" -> new Literals.Constant(line(token), None.NONE);
                    default -> new Literals.Name(line(token), scope.read(token.text()));
                };
            }
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (tokens.current().is(Token.Type.STRING)) {
                    text.append(tokens.next().text());
                }
                return new Literals.Constant(line(token), text.toString());
            }
            case INTEGER -> {
                tokens.next();
                return new Literals.Constant(line(token), integer(token));
            }
            case FLOAT -> {
                tokens.next();
                return new Literals.Constant(line(token), Double.valueOf(token.text()));
            }
            default -> {
                return bracketed(token);
            }
        }
    }

    private Object integer(Token token) {
        try {
            Object number = Numbers.parseInteger(token.text(), 0);
            if (number != null) {
                return number;
            }
        } catch (Failure failure) {
            throw tokens.error(token.position(), failure.reason());
        }
        throw tokens.error(token.position(), "invalid number " + token.text());
    }

    private Expression bracketed(Token token) {
        if (tokens.skipOperator("(")) {
            Expression inside = tuple(true, true, null);
            tokens.expectOperator(")");
            return inside;
        } else if (tokens.skipOperator("[")) {
            List<Expression> items = new ArrayList<>();
            while (!tokens.current().isOperator("]")) {
                if (!items.isEmpty()) {
                    tokens.expectOperator(",");
                }
                if (tokens.current().isOperator("]")) {
                    break;
                }
                items.add(expression());
            }
            tokens.expectOperator("]");
            return checked(new Literals.ListLiteral(line(token), items), token);
        } else if (tokens.skipOperator("{")) {
            return dict(token);
        }
        throw tokens.error(token.position(), "unexpected '" + token.description() + "'");
    }

    private Expression dict(Token start) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().isOperator("}")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (tokens.current().isOperator("}")) {
                break;
            }
            keys.add(expression());
            tokens.expectOperator(":");
            values.add(expression());
        }
        tokens.expectOperator("}");
        return checked(new Literals.DictLiteral(line(start), keys, values), start);
    }

    /**
     * One expression, or several with commas between them.
     *
     * @param parentheses around it: it may then be empty
     * @param end a name that ends it too
     */
    Expression tuple(boolean parentheses, boolean withCondition, @Nullable String end) {
        Token start = tokens.current();
        List<Expression> items = new ArrayList<>();
        boolean several = false;
        while (true) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (isTupleEnd(end)) {
                break;
            }
            items.add(expression(withCondition));
            if (!tokens.current().isOperator(",")) {
                break;
            }
            several = true;
        }
        if (!several && items.size() == 1) {
            return items.get(0);
        }
        if (!several && !parentheses) {
            throw tokens.error(
                    "Expected an expression, got '" + tokens.current().description() + "'");
        }
        return checked(new Literals.TupleLiteral(line(start), items), start);
    }

    boolean isTupleEnd(@Nullable String end) {
        Token token = tokens.current();
        return token.is(Token.Type.VARIABLE_END)
                || token.is(Token.Type.BLOCK_END)
                || token.isOperator(")")
                || (end != null && token.isName(end));
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            Token token = tokens.current();
            if (tokens.skipOperator(".")) {
                value = checked(member(value, token), token);
            } else if (tokens.skipOperator("[")) {
                value = checked(subscript(value, token), token);
            } else if (token.isOperator("(")) {
                value = checked(new Calls.Call(line(token), value, arguments()), token);
            } else {
                return value;
            }
        }
    }

    private Expression member(Expression owner, Token dot) {
        Token name = tokens.next();
        if (name.is(Token.Type.NAME)) {
            return new Operations.Attribute(line(dot), owner, name.text());
        } else if (name.is(Token.Type.INTEGER)) {
            return new Operations.Item(line(dot), owner, new Literals.Constant(line(dot), integer(name)));
        }
        throw tokens.error(name.position(), "expected name or number");
    }

    private Expression subscript(Expression owner, Token bracket) {
        List<Expression> keys = new ArrayList<>();
        while (!tokens.current().isOperator("]")) {
            if (!keys.isEmpty()) {
                tokens.expectOperator(",");
            }
            keys.add(subscribed());
        }
        tokens.expectOperator("]");
        Expression key = keys.size() == 1 ? keys.get(0) : new Literals.TupleLiteral(line(bracket), keys);
        return new Operations.Item(line(bracket), owner, key);
    }

    private Expression subscribed() {
        Token start = tokens.current();
        Expression from = null;
        if (!tokens.skipOperator(":")) {
            from = expression();
            if (!tokens.skipOperator(":")) {
                return from;
            }
        }
        Expression to = tokens.current().isOperator(":") || isSliceEnd() ? null : expression();
        Expression step = tokens.skipOperator(":") && !isSliceEnd() ? expression() : null;
        return new Literals.Slice(line(start), from, to, step);
    }

    private boolean isSliceEnd() {
        return tokens.current().isOperator("]") || tokens.current().isOperator(",");
    }

    private Calls.ArgumentList arguments() {
        Token start = tokens.current();
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression more = null;
        Expression moreNamed = null;
        boolean any = false;
        while (!tokens.current().isOperator(")")) {
            if (any) {
                tokens.expectOperator(",");
                if (tokens.current().isOperator(")")) {
                    break;
                }
            }
            any = true;
            Token token = tokens.current();
            boolean valid;
            if (tokens.skipOperator("*")) {
                valid = more == null && moreNamed == null;
                more = expression();
            } else if (tokens.skipOperator("**")) {
                valid = moreNamed == null;
                moreNamed = expression();
            } else if (token.is(Token.Type.NAME) && tokens.look().isOperator("=")) {
                tokens.next();
                tokens.next();
                valid = moreNamed == null;
                if (named.put(token.text(), expression()) != null) {
                    throw tokens.error(token.position(), "keyword argument repeated: " + token.text());
                }
            } else {
                valid = more == null && moreNamed == null && named.isEmpty();
                positional.add(expression());
            }
            if (!valid) {
                throw tokens.error(start.position(), "invalid syntax for function call expression");
            }
        }
        tokens.expectOperator(")");
        return any ? new Calls.ArgumentList(positional, named, more, moreNamed) : Calls.ArgumentList.NONE;
    }

    private Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                value = java.util.Objects.requireNonNull(filters(value, false));
            } else if (token.isName("is")) {
                value = checked(test(value), token);
            } else if (token.isOperator("(")) {
                value = checked(new Calls.Call(line(token), value, arguments()), token);
            } else {
                return value;
            }
        }
    }

    /**
     * @param start null for the text of a block
     * @param inline the first filter comes without a bar
     */
    @Nullable
    Expression filters(@Nullable Expression start, boolean inline) {
        Expression value = start;
        boolean bare = inline;
        while (bare || tokens.skipOperator("|")) {
            bare = false;
            Token token = tokens.current();
            String name = dottedName();
            Calls.ArgumentList given = tokens.current().isOperator("(") ? arguments() : Calls.ArgumentList.NONE;
            Filter filter = environment.filter(name);
            if (filter == null) {
                rememberUnknown(token, "No filter named '" + name + "'.");
            }
            value = checked(new Calls.Filtered(line(token), value, name, filter, given), token);
        }
        return value;
    }

    private void rememberUnknown(Token token, String message) {
        if (!conditional) {
            unknown.add(new Unknown(token.position(), message));
        }
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Type.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Token.Type.NAME).text());
        }
        return name.toString();
    }

    private Expression test(Expression value) {
        Token is = tokens.next();
        boolean negated = tokens.skipName("not");
        Token token = tokens.current();
        String name = dottedName();
        Calls.ArgumentList given = Calls.ArgumentList.NONE;
        if (tokens.current().isOperator("(")) {
            given = arguments();
        } else if (startsArgument(tokens.current())) {
            if (tokens.current().isName("is")) {
                throw tokens.error("You cannot chain multiple tests with is");
            }
            enter();
            given = new Calls.ArgumentList(List.of(postfix(primary())), Map.of(), null, null);
            leave();
        }
        Test test = environment.test(name);
        if (test == null) {
            rememberUnknown(token, "No test named '" + name + "'.");
        }
        Expression tested = new Calls.Tested(line(is), value, name, test, given);
        return negated ? new Operations.Not(line(is), tested) : tested;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.type()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME ->
                !token.text().equals("else")
                        && !token.text().equals("or")
                        && !token.text().equals("and");
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }
}
