package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.runtime.Expression;
import io.faradaybridge.jinja2.runtime.Filter;
import io.faradaybridge.jinja2.runtime.Invocation;
import io.faradaybridge.jinja2.runtime.Library;
import io.faradaybridge.jinja2.runtime.Literal;
import io.faradaybridge.jinja2.runtime.Operation;
import io.faradaybridge.jinja2.runtime.Test;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what stands between operators: literals, names, brackets, and the members, calls, filters and tests behind. */
abstract class OperandParser extends Parser {

    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

    OperandParser(String text, Library library, Limits limits) {
        super(text, library, limits);
    }

    public abstract Expression expression(boolean withCondition);

    public Expression expression() {
        return expression(true);
    }

    Expression primary() {
        Token token = tokens.current();
        return switch (token.type()) {
            case NAME -> named(tokens.next());
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (tokens.current().is(Token.Type.STRING)) {
                    text.append(tokens.next().text());
                }
                yield new Literal.Constant(line(token), text.toString());
            }
            case INTEGER -> new Literal.Constant(line(token), integer(tokens.next()));
            case FLOAT ->
                new Literal.Constant(line(token), Double.valueOf(tokens.next().text()));
            default -> bracketed(token);
        };
    }

    private Expression named(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Literal.Constant(line(token), true);
            case "false", "False" -> new Literal.Constant(line(token), false);
            case "none", "None" -> new Literal.Constant(line(token), None.NONE);
            default -> new Literal.Name(line(token), scope.read(token.text()));
        };
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
            return new Literal.ListLiteral(line(token), items("]", true, this::expression));
        } else if (tokens.skipOperator("{")) {
            List<Expression> keys = new ArrayList<>();
            List<Expression> values = items("}", true, () -> {
                keys.add(expression());
                tokens.expectOperator(":");
                return expression();
            });
            return new Literal.DictLiteral(line(token), keys, values);
        }
        throw tokens.error(token.position(), "unexpected '" + token.description() + "'");
    }

    /** With commas between them, up to the bracket that closes. */
    private List<Expression> items(String end, boolean commaAtEnd, Supplier<Expression> item) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.skipOperator(end)) {
            if (!items.isEmpty()) {
                tokens.expectOperator(",");
                if (commaAtEnd && tokens.skipOperator(end)) {
                    break;
                }
            }
            items.add(item.get());
        }
        return items;
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
        boolean several = commaSeparated(end, () -> items.add(expression(withCondition)));
        if (!several && items.size() == 1) {
            return items.get(0);
        }
        if (!several && !parentheses) {
            throw expectedExpression();
        }
        return new Literal.TupleLiteral(line(start), items);
    }

    Expression postfix(Expression start) {
        Expression value = start;
        for (int links = 1; ; links++) {
            Token token = tokens.current();
            checkChain(links, token);
            if (tokens.skipOperator(".")) {
                value = member(value, token);
            } else if (tokens.skipOperator("[")) {
                List<Expression> keys = items("]", false, this::subscript);
                Expression key = keys.size() == 1 ? keys.get(0) : new Literal.TupleLiteral(line(token), keys);
                value = new Operation.Item(line(token), value, key);
            } else if (token.isOperator("(")) {
                value = new Invocation.Call(line(token), value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression member(Expression owner, Token dot) {
        Token name = tokens.next();
        if (name.is(Token.Type.NAME)) {
            return new Operation.Attribute(line(dot), owner, name.text());
        } else if (name.is(Token.Type.INTEGER)) {
            return new Operation.Item(line(dot), owner, new Literal.Constant(line(dot), integer(name)));
        }
        throw tokens.error(name.position(), "expected name or number");
    }

    private Expression subscript() {
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
        return new Literal.Slice(line(start), from, to, step);
    }

    private boolean isSliceEnd() {
        return tokens.current().isOperator("]") || tokens.current().isOperator(",");
    }

    private Invocation.ArgumentList arguments() {
        Token start = tokens.current();
        tokens.expectOperator("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression more = null;
        Expression moreNamed = null;
        boolean any = false;
        while (!tokens.skipOperator(")")) {
            if (any) {
                tokens.expectOperator(",");
                if (tokens.skipOperator(")")) {
                    break;
                }
            }
            any = true;
            Token token = tokens.current();
            boolean valid = moreNamed == null;
            if (tokens.skipOperator("*")) {
                valid &= more == null;
                more = expression();
            } else if (tokens.skipOperator("**")) {
                moreNamed = expression();
            } else if (token.is(Token.Type.NAME) && tokens.look().isOperator("=")) {
                tokens.next();
                tokens.next();
                if (named.put(token.text(), expression()) != null) {
                    throw tokens.error(token.position(), "keyword argument repeated: " + token.text());
                }
            } else {
                valid &= more == null && named.isEmpty();
                positional.add(expression());
            }
            if (!valid) {
                throw tokens.error(start.position(), "invalid syntax for function call expression");
            }
        }
        return any ? new Invocation.ArgumentList(positional, named, more, moreNamed) : Invocation.ArgumentList.NONE;
    }

    Expression filtersAndTests(Expression start) {
        Expression value = start;
        for (int links = 1; ; links++) {
            Token token = tokens.current();
            checkChain(links, token);
            if (token.isOperator("|")) {
                value = Objects.requireNonNull(filters(value, false));
            } else if (token.isName("is")) {
                value = test(value);
            } else if (token.isOperator("(")) {
                value = new Invocation.Call(line(token), value, arguments());
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
    public Expression filters(@Nullable Expression start, boolean inline) {
        Expression value = start;
        for (int links = 1; (inline && links == 1) || tokens.skipOperator("|"); links++) {
            Token token = tokens.current();
            checkChain(links, token);
            String name = dottedName();
            Invocation.ArgumentList given =
                    tokens.current().isOperator("(") ? arguments() : Invocation.ArgumentList.NONE;
            Filter filter = library.filters().get(name);
            if (filter == null) {
                rememberUnknown(token, "No filter named '" + name + "'.");
            }
            value = new Invocation.Filtered(line(token), value, name, filter, given);
        }
        return value;
    }

    private Expression test(Expression value) {
        Token is = tokens.next();
        boolean negated = tokens.skipName("not");
        Token token = tokens.current();
        String name = dottedName();
        Invocation.ArgumentList given = Invocation.ArgumentList.NONE;
        if (tokens.current().isOperator("(")) {
            given = arguments();
        } else if (startsArgument(tokens.current())) {
            if (tokens.current().isName("is")) {
                throw tokens.error("You cannot chain multiple tests with is");
            }
            enter();
            given = new Invocation.ArgumentList(List.of(postfix(primary())), Map.of(), null, null);
            leave();
        }
        Test test = library.tests().get(name);
        if (test == null) {
            rememberUnknown(token, "No test named '" + name + "'.");
        }
        Expression tested = new Invocation.Tested(line(is), value, name, test, given);
        return negated ? new Operation.Not(line(is), tested) : tested;
    }

    private static boolean startsArgument(Token token) {
        return switch (token.type()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !NO_ARGUMENT.contains(token.text());
            case OPERATOR -> token.text().equals("[") || token.text().equals("{");
            default -> false;
        };
    }
}
