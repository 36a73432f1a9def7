package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.api.TemplateSyntaxException;
import io.faradaybridge.jinja2.runtime.Block;
import io.faradaybridge.jinja2.runtime.Expression;
import io.faradaybridge.jinja2.runtime.For;
import io.faradaybridge.jinja2.runtime.Library;
import io.faradaybridge.jinja2.runtime.Program;
import io.faradaybridge.jinja2.runtime.Statement;
import io.faradaybridge.jinja2.runtime.Target;
import io.faradaybridge.jinja2.runtime.VariableRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a template: text, prints and tags. */
public final class StatementParser extends MacroParser {

    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final Set<String> blockNames = new HashSet<>();
    private final Deque<String> openTags = new ArrayDeque<>();
    private final Deque<List<String>> awaited = new ArrayDeque<>();
    private int loops;

    public StatementParser(String text, Library library, Limits limits) {
        super(text, library, limits);
    }

    public Program program() {
        ScopeBuilder root = scope;
        Statement.Body body = body(List.of());
        rejectUnknown();
        VariableRef self = root.special("self");
        Set<String> asked = root.decide();
        asked.removeIf(name -> library.globals().containsKey(name));
        Statement.Part part = new Statement.Part(root.scope(), body);
        return new Program(part, Map.copyOf(blocks), self, tokens.size(), Set.copyOf(asked));
    }

    /** Up to one of the tags, which is then the current token; up to the end if there are none. */
    private Statement.Body body(List<String> endTags) {
        List<Statement> statements = new ArrayList<>();
        int line = line(tokens.current());
        enter();
        if (!endTags.isEmpty()) {
            awaited.push(endTags);
        }
        while (!tokens.current().is(Token.Type.END)) {
            Token token = tokens.next();
            switch (token.type()) {
                case DATA -> statements.add(new Statement.Data(line(token), token.text()));
                case VARIABLE_BEGIN -> {
                    statements.add(new Statement.Print(tuple(false, true, null)));
                    tokens.expect(Token.Type.VARIABLE_END);
                }
                default -> {
                    Token tag = tokens.current();
                    if (tag.is(Token.Type.NAME) && endTags.contains(tag.text())) {
                        awaited.pop();
                        leave();
                        return new Statement.Body(line, statements);
                    }
                    statements.add(statement());
                    tokens.expect(Token.Type.BLOCK_END);
                }
            }
        }
        if (!endTags.isEmpty()) {
            throw tokens.error("Unexpected end of template. Jinja was looking for the following tags: " + awaitedTags()
                    + "." + innermost());
        }
        leave();
        return new Statement.Body(line, statements);
    }

    /** The body of a tag, from the end of the tag on. */
    private Statement.Body bodyUpTo(String... endTags) {
        tokens.skipOperator(":");
        tokens.expect(Token.Type.BLOCK_END);
        return body(List.of(endTags));
    }

    @Override
    Statement.Body whole(String endTag) {
        Statement.Body body = bodyUpTo(endTag);
        tokens.next();
        return body;
    }

    private Statement statement() {
        Token tag = tokens.current();
        if (!tag.is(Token.Type.NAME)) {
            throw tokens.error("tag name expected");
        }
        openTags.push(tag.text());
        tokens.next();
        Statement statement =
                switch (tag.text()) {
                    case "if" -> ifTag(tag);
                    case "for" -> forTag(tag);
                    case "set" -> setTag(tag);
                    case "with" -> withTag(tag);
                    case "macro" -> macroTag(tag);
                    case "call" -> callTag(tag);
                    case "filter" -> filterTag(tag);
                    case "block" -> blockTag(tag);
                    case "print" -> printTag(tag);
                    case "autoescape" -> autoescapeTag(tag);
                    case "include", "import", "from", "extends" ->
                        throw tokens.error(
                                tag.position(),
                                "the tag '" + tag.text() + "' needs another template, and a template stands alone here;"
                                        + " write its text into this one");
                    default -> throw unknownTag(tag);
                };
        openTags.pop();
        return statement;
    }

    private TemplateSyntaxException unknownTag(Token tag) {
        openTags.pop();
        String looked = "";
        if (!awaited.isEmpty()) {
            boolean nesting = awaited.stream().anyMatch(tags -> tags.contains(tag.text()));
            looked = (nesting
                            ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently"
                                    + " looking for "
                            : " Jinja was looking for the following tags: ")
                    + awaitedTags() + ".";
        }
        return tokens.error(tag.position(), "Encountered unknown tag '" + tag.text() + "'." + looked + innermost());
    }

    private String awaitedTags() {
        return "'" + String.join("' or '", awaited.element()) + "'";
    }

    private String innermost() {
        return openTags.isEmpty()
                ? ""
                : " The innermost block that needs to be closed is '" + openTags.element() + "'.";
    }

    private Statement ifTag(Token tag) {
        boolean before = conditional;
        conditional = true;
        List<Expression> conditions = new ArrayList<>();
        List<Statement.Body> bodies = new ArrayList<>();
        List<Statement.Body> otherwise = new ArrayList<>();
        conditions.add(tuple(false, false, null));
        scope.branches(
                () -> bodies.add(bodyUpTo("elif", "else", "endif")),
                () -> {
                    while (tokens.skipName("elif")) {
                        conditions.add(tuple(false, false, null));
                        scope.branches(() -> bodies.add(bodyUpTo("elif", "else", "endif")));
                    }
                },
                () -> {
                    if (tokens.next().isName("else")) {
                        otherwise.add(whole("endif"));
                    }
                });
        conditional = before;
        return new Statement.If(line(tag), conditions, bodies, otherwise.isEmpty() ? null : otherwise.get(0));
    }

    private Statement forTag(Token tag) {
        List<Token> names = new ArrayList<>();
        Shape shape = targetShape("in", false, names);
        names.forEach(name -> rejectLoop(name, true));
        tokens.expectName("in");
        Expression iterable = tuple(false, false, "recursive");
        For.Condition condition = null;
        if (tokens.skipName("if")) {
            ScopeBuilder tested = scope.inner();
            condition = inside(tested, () -> new For.Condition(shape.parameters(tested), expression(), tested.scope()));
        }
        boolean recursive = tokens.skipName("recursive");
        ScopeBuilder own = recursive ? scope.innerFunction() : scope.inner();
        Target target = shape.parameters(own);
        loops++;
        Statement.Body body = inside(own, () -> bodyUpTo("endfor", "else"));
        VariableRef loop = recursive ? own.parameter("loop") : own.special("loop");
        Statement.Part otherwise = null;
        if (tokens.next().isName("else")) {
            otherwise = wholePart(recursive ? scope.innerOf(own) : scope.inner(), "endfor");
        }
        loops--;
        Statement.Part part = new Statement.Part(own.scope(), body);
        return new For(line(tag), iterable, target, condition, part, otherwise, loop, recursive);
    }

    private void rejectLoop(Token name, boolean isTarget) {
        if ((isTarget || loops > 0) && name.text().equals("loop")) {
            throw tokens.error(name.position(), "Can't assign to special loop variable in for-loop target");
        }
    }

    private Statement setTag(Token tag) {
        List<Token> names = new ArrayList<>();
        Shape shape = targetShape(null, true, names);
        names.forEach(name -> rejectLoop(name, false));
        if (tokens.skipOperator("=")) {
            Expression value = tuple(false, true, null);
            return new Statement.Set(line(tag), shape.in(scope, false, topLevel), value);
        }
        Expression filter = filters(null, false);
        Target target = shape.in(scope, false, topLevel);
        return new Statement.SetBlock(line(tag), target, wholePart(scope.inner(), "endset"), filter);
    }

    private Statement withTag(Token tag) {
        ScopeBuilder own = scope.inner();
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!tokens.current().is(Token.Type.BLOCK_END)) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(targetShape(null, false, new ArrayList<>()).parameters(own));
            tokens.expectOperator("=");
            values.add(expression());
        }
        return new Statement.With(line(tag), targets, values, wholePart(own, "endwith"));
    }

    private Statement filterTag(Token tag) {
        ScopeBuilder own = scope.inner();
        Expression filter = inside(own, () -> Objects.requireNonNull(filters(null, true)));
        return new Statement.FilterBlock(line(tag), wholePart(own, "endfilter"), filter);
    }

    private Statement blockTag(Token tag) {
        Token name = tokens.expect(Token.Type.NAME);
        boolean scoped = tokens.skipName("scoped");
        boolean required = tokens.skipName("required");
        if (tokens.current().isOperator("-")) {
            throw tokens.error("Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
                    + " use an underscore instead.");
        }
        ScopeBuilder own = scoped ? scope.innerFunction() : scope.separate();
        int loopsAround = loops;
        loops = 0;
        Statement.Body body = inside(own, () -> bodyUpTo("endblock"));
        loops = loopsAround;
        if (required && !body.isBlank()) {
            throw tokens.error("Required blocks can only contain comments or whitespace");
        }
        tokens.next();
        tokens.skipName(name.text());
        if (!blockNames.add(name.text())) {
            throw tokens.error(name.position(), "block '" + name.text() + "' defined twice");
        }
        @Nullable VariableRef self = own.special("self");
        @Nullable VariableRef parent = own.special("super");
        Statement.Part part = new Statement.Part(own.scope(), body);
        Block block = new Block(line(tag), name.text(), required, scoped, self, parent, part);
        blocks.put(name.text(), block);
        return block;
    }

    private Statement printTag(Token tag) {
        List<Statement> prints = new ArrayList<>();
        while (!tokens.current().is(Token.Type.BLOCK_END)) {
            if (!prints.isEmpty()) {
                tokens.expectOperator(",");
            }
            prints.add(new Statement.Print(expression()));
        }
        return new Statement.Body(line(tag), prints);
    }

    private Statement autoescapeTag(Token tag) {
        ScopeBuilder own = scope.inner();
        Expression on = inside(own, this::expression);
        return new Statement.Autoescape(line(tag), on, wholePart(own, "endautoescape"));
    }
}
