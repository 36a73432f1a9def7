package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import io.faradaybridge.jinja2.runtime.Library;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parsers of expressions and tags share: the tokens, the part that is being read, and the complaints. */
abstract class Parser {

    private record Unknown(int position, String message) {}

    final TokenStream tokens;
    final Library library;
    private final int mostNesting;
    private final List<Unknown> unknown = new ArrayList<>();
    private int nesting;

    /** The part of the template that is being read. */
    ScopeBuilder scope = ScopeBuilder.root();

    /** Inside of a condition an unknown filter is an error only when it is used. */
    boolean conditional;

    Parser(String text, Library library, Limits limits) {
        Source source = new Source(text);
        if (text.length() > limits.sourceCharacters()) {
            throw source.error(
                    limits.sourceCharacters(),
                    "the template is longer than " + limits.sourceCharacters() + " characters");
        }
        this.tokens = new TokenStream(source, limits.parts());
        this.library = library;
        this.mostNesting = limits.nesting();
    }

    public int line(Token token) {
        return tokens.line(token);
    }

    public void enter() {
        nesting++;
        if (nesting > mostNesting) {
            throw tokens.error("nested more than " + mostNesting + " levels deep");
        }
    }

    public void leave() {
        nesting--;
    }

    /** @param links of a chain such as {@code a|b|c}, which is as deep as it has links */
    void checkChain(int links, Token at) {
        if (links > mostNesting) {
            throw tokens.error(at.position(), "an expression of more than " + mostNesting + " levels");
        }
    }

    void rememberUnknown(Token token, String message) {
        if (!conditional) {
            unknown.add(new Unknown(token.position(), message));
        }
    }

    int unknownSoFar() {
        return unknown.size();
    }

    void forgetUnknownAfter(int known) {
        unknown.subList(known, unknown.size()).clear();
    }

    /** Complains about the first filter or test that does not exist. */
    void rejectUnknown() {
        if (!unknown.isEmpty()) {
            throw tokens.error(unknown.get(0).position(), unknown.get(0).message());
        }
    }

    /** @return whether there was a comma */
    boolean commaSeparated(@Nullable String end, Runnable item) {
        boolean several = false;
        while (!isTupleEnd(end)) {
            item.run();
            if (!tokens.skipOperator(",")) {
                break;
            }
            several = true;
        }
        return several;
    }

    private boolean isTupleEnd(@Nullable String end) {
        Token token = tokens.current();
        return token.is(Token.Type.VARIABLE_END)
                || token.is(Token.Type.BLOCK_END)
                || token.isOperator(")")
                || (end != null && token.isName(end));
    }

    String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Type.NAME).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Token.Type.NAME).text());
        }
        return name.toString();
    }

    TemplateSyntaxException expectedExpression() {
        return tokens.error("Expected an expression, got '" + tokens.current().description() + "'");
    }
}
