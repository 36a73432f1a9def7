package io.faradaybridge.jinja2;

import java.util.ArrayList;
import java.util.List;

/** What the parsers of expressions and tags share: the tokens, the part that is being read, and the complaints. */
abstract class Parser {

    private record Unknown(int position, String message) {}

    final TokenStream tokens;
    final Environment environment;
    private final int mostNesting;
    private final List<Unknown> unknown = new ArrayList<>();
    private int nesting;

    /** The part of the template that is being read. */
    ScopeBuilder scope = ScopeBuilder.root();

    /** Inside of a condition an unknown filter is an error only when it is used. */
    boolean conditional;

    Parser(String text, Environment environment) {
        Limits limits = environment.limits();
        Source source = new Source(text);
        if (text.length() > limits.sourceCharacters()) {
            throw source.error(
                    limits.sourceCharacters(),
                    "the template is longer than " + limits.sourceCharacters() + " characters");
        }
        this.tokens = new TokenStream(source, limits.parts());
        this.environment = environment;
        this.mostNesting = limits.nesting();
    }

    int line(Token token) {
        return tokens.line(token);
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
