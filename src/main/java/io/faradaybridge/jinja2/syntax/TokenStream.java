package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import java.util.List;

/** The tokens of a template, one after the other, and the complaints about them. */
final class TokenStream {

    private final Source source;
    private final List<Token> tokens;
    private int at;

    TokenStream(Source source, int most) {
        this.source = source;
        this.tokens = new Lexer(source, most).tokens();
    }

    public int size() {
        return tokens.size();
    }

    public Token current() {
        return tokens.get(at);
    }

    Token look() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    public Token next() {
        Token token = current();
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean skipName(String name) {
        if (current().isName(name)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipOperator(String operator) {
        if (current().isOperator(operator)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(Token.Type type) {
        if (!current().is(type)) {
            throw unexpected(type.description);
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected(operator);
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected(name);
        }
    }

    private TemplateSyntaxException unexpected(String wanted) {
        return current().is(Token.Type.END)
                ? error("unexpected end of template, expected '" + wanted + "'.")
                : error("expected token '" + wanted + "', got '" + current().description() + "'");
    }

    public int line(Token token) {
        return source.line(token.position());
    }

    public TemplateSyntaxException error(String message) {
        return source.error(current().position(), message);
    }

    public TemplateSyntaxException error(int position, String message) {
        return source.error(position, message);
    }
}
