package io.faradaybridge.jinja2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a template: text, prints and tags. */
final class StatementParser extends ExpressionParser {

    private static final Set<String> RESERVED = Set.of("true", "false", "none", "True", "False", "None");

    private final Map<String, Statements.Block> blocks = new LinkedHashMap<>();
    private final Set<String> blockNames = new HashSet<>();
    private final Deque<String> openTags = new ArrayDeque<>();
    private final Deque<List<String>> awaited = new ArrayDeque<>();
    private final Deque<Boolean> partLevels = new ArrayDeque<>();
    private int loops;

    /** Whether what is set here is seen by blocks too: not inside of loops, macros and the like. */
    private boolean topLevel = true;

    StatementParser(String text, Environment environment) {
        super(bounded(text, environment.limits()), environment);
    }

    private static Source bounded(String text, Limits limits) {
        Source source = new Source(text);
        if (text.length() > limits.sourceCharacters()) {
            throw source.error(
                    limits.sourceCharacters(),
                    "the template is longer than " + limits.sourceCharacters() + " characters");
        }
        return source;
    }

    JinjaTemplate template() {
        ScopeBuilder.Scope root = scope;
        Statement body = body(List.of());
        rejectUnknown();
        VariableRef self = ScopeBuilder.mentions(root, "self") ? root.parameter("self") : null;
        Set<String> asked = ScopeBuilder.resolve(root);
        asked.removeIf(name -> environment.global(name) != null);
        return new JinjaTemplate(
                environment, root, body, new BlockReference(Map.copyOf(blocks)), self, tokens.size(), asked);
    }

    /** Up to one of the tags, which is then the current token; up to the end if there are none. */
    private Statement.Body body(List<String> endTags) {
        List<Statement> statements = new ArrayList<>();
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
                        return new Statement.Body(statements);
                    }
                    statements.add(statement());
                    tokens.expect(Token.Type.BLOCK_END);
                }
            }
        }
        if (!endTags.isEmpty()) {
            throw endOfTemplate();
        }
        leave();
        return new Statement.Body(statements);
    }

    /** The body of a tag, from the end of the tag on. */
    private Statement inside(String... endTags) {
        tokens.skipOperator(":");
        tokens.expect(Token.Type.BLOCK_END);
        return body(List.of(endTags));
    }

    /** Likewise, with the end tag read as well. */
    private Statement whole(String endTag) {
        Statement body = inside(endTag);
        tokens.next();
        return body;
    }

    private Statement statement() {
        Token tag = tokens.current();
        if (!tag.is(Token.Type.NAME)) {
            throw tokens.error("tag name expected");
        }
        openTags.push(tag.text());
        Statement statement =
                switch (tag.text()) {
                    case "if" -> ifTag();
                    case "for" -> forTag();
                    case "set" -> setTag();
                    case "with" -> withTag();
                    case "macro" -> macroTag();
                    case "call" -> callTag();
                    case "filter" -> filterTag();
                    case "block" -> blockTag();
                    case "print" -> printTag();
                    case "autoescape" -> autoescapeTag();
                    case "include", "import", "from", "extends" ->
                        throw tokens.error("the tag '" + tag.text()
                                + "' needs another template, and a template stands alone here;"
                                + " write its text into this one");
                    default -> {
                        openTags.pop();
                        throw unknownTag(tag);
                    }
                };
        openTags.pop();
        return statement;
    }

    private TemplateSyntaxException unknownTag(Token tag) {
        StringBuilder message = new StringBuilder("Encountered unknown tag '" + tag.text() + "'.");
        if (!awaited.isEmpty()) {
            boolean nesting = awaited.stream().anyMatch(tags -> tags.contains(tag.text()));
            message.append(
                            nesting
                                    ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                                    : " Jinja was looking for the following tags: ")
                    .append(awaitedTags())
                    .append('.');
        }
        return tokens.error(tag.position(), message + innermost());
    }

    private TemplateSyntaxException endOfTemplate() {
        return tokens.error("Unexpected end of template. Jinja was looking for the following tags: " + awaitedTags()
                + "." + innermost());
    }

    private String awaitedTags() {
        return "'" + String.join("' or '", awaited.element()) + "'";
    }

    private String innermost() {
        return openTags.isEmpty()
                ? ""
                : " The innermost block that needs to be closed is '" + openTags.element() + "'.";
    }

    private Statement ifTag() {
        Token start = tokens.next();
        boolean before = conditional;
        conditional = true;
        List<Expression> conditions = new ArrayList<>();
        List<Statement> bodies = new ArrayList<>();
        Statement otherwise = null;
        conditions.add(tuple(false, false, null));
        ScopeBuilder.BranchWriter branches = scope.branches(3);
        branches.into(0);
        bodies.add(inside("elif", "else", "endif"));
        branches.into(1);
        while (tokens.current().isName("elif")) {
            tokens.next();
            conditions.add(tuple(false, false, null));
            ScopeBuilder.BranchWriter elif = scope.branches(1);
            elif.into(0);
            bodies.add(inside("elif", "else", "endif"));
            elif.end();
        }
        branches.into(2);
        if (tokens.next().isName("else")) {
            otherwise = whole("endif");
        }
        branches.end();
        conditional = before;
        return new Statements.If(line(start), conditions, bodies, otherwise);
    }

    private Statement forTag() {
        Token start = tokens.next();
        ScopeBuilder.Scope outer = scope;
        List<Token> targetNames = new ArrayList<>();
        TargetShape shape = targetShape("in", false, targetNames);
        for (Token name : targetNames) {
            rejectLoop(name, true);
        }
        tokens.expectName("in");
        Expression iterable = tuple(false, false, "recursive");
        boolean before = beginPart();

        ScopeBuilder.Scope testScope = null;
        Target testTarget = null;
        Expression test = null;
        if (tokens.skipName("if")) {
            testScope = outer.inner();
            scope = testScope;
            testTarget = shape.parameters(scope);
            test = expression();
        }
        boolean recursive = tokens.skipName("recursive");
        ScopeBuilder.Scope loopScope = recursive ? outer.innerFunction() : outer.inner();
        scope = loopScope;
        Target target = shape.parameters(scope);
        loops++;
        Statement body = inside("endfor", "else");
        loops--;
        VariableRef loop = recursive || ScopeBuilder.mentions(loopScope, "loop") ? loopScope.parameter("loop") : null;
        ScopeBuilder.Scope elseScope = null;
        Statement otherwise = null;
        if (tokens.next().isName("else")) {
            elseScope = recursive ? outer.innerOf(loopScope) : outer.inner();
            scope = elseScope;
            loops++;
            otherwise = whole("endfor");
            loops--;
        }
        endPart(outer, before);
        For.Parts parts = new For.Parts(
                target, testTarget, test, testScope, loopScope, body, elseScope, otherwise, loop, recursive);
        return new For(line(start), iterable, parts);
    }

    private boolean beginPart() {
        boolean before = conditional;
        conditional = false;
        partLevels.push(topLevel);
        topLevel = false;
        return before;
    }

    private void endPart(ScopeBuilder.Scope outer, boolean before) {
        scope = outer;
        conditional = before;
        topLevel = partLevels.pop();
    }

    private void rejectLoop(Token name, boolean isTarget) {
        if ((isTarget || loops > 0) && name.text().equals("loop")) {
            throw tokens.error(name.position(), "Can't assign to special loop variable in for-loop target");
        }
    }

    private Statement setTag() {
        Token start = tokens.next();
        List<Token> names = new ArrayList<>();
        TargetShape shape = targetShape(null, true, names);
        names.forEach(name -> rejectLoop(name, false));
        if (tokens.skipOperator("=")) {
            Expression value = tuple(false, true, null);
            return new Statements.Set(line(start), shape.stores(scope, topLevel), value);
        }
        Expression filter = filters(null, false);
        Target target = shape.stores(scope, topLevel);
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        scope = outer.inner();
        ScopeBuilder.Scope own = scope;
        Statement body = whole("endset");
        endPart(outer, before);
        return new Statements.SetBlock(line(start), target, own, body, filter);
    }

    private Statement withTag() {
        Token start = tokens.next();
        ScopeBuilder.Scope outer = scope;
        ScopeBuilder.Scope own = outer.inner();
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
        boolean before = beginPart();
        scope = own;
        Statement body = whole("endwith");
        endPart(outer, before);
        return new Statements.With(line(start), own, targets, values, body);
    }

    private Statement macroTag() {
        Token start = tokens.next();
        Token name = tokens.expect(Token.Type.NAME);
        if (RESERVED.contains(name.text())) {
            throw tokens.error(name.position(), "can't assign to 'name'");
        }
        Target target = new Target.Variable(scope.write(name.text()), topLevel);
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        scope = outer.innerFunction();
        ScopeBuilder.Scope own = scope;
        Signature signature = signature();
        Statement body = whole("endmacro");
        endPart(outer, before);
        return new Macro.Define(line(start), target, definition(name.text(), signature, own, body, start));
    }

    private Statement callTag() {
        Token start = tokens.next();
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        ScopeBuilder.Scope own = outer.innerFunction();
        Signature signature = new Signature(List.of(), List.of());
        if (tokens.current().isOperator("(")) {
            scope = own;
            signature = signature();
        }
        scope = outer;
        conditional = before;
        Expression called = expression();
        if (!(called instanceof Calls.Call call)) {
            throw tokens.error(start.position(), "expected call");
        }
        conditional = false;
        scope = own;
        Statement body = whole("endcall");
        endPart(outer, before);
        return new Macro.CallBlock(line(start), call, definition(null, signature, own, body, start));
    }

    private record Signature(List<VariableRef> parameters, List<Expression> defaults) {

        boolean has(String name) {
            return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
        }
    }

    private Signature signature() {
        List<VariableRef> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        tokens.expectOperator("(");
        while (!tokens.current().isOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            Token name = tokens.expect(Token.Type.NAME);
            if (RESERVED.contains(name.text())) {
                throw tokens.error(name.position(), "can't assign to 'name'");
            }
            if (parameters.stream().anyMatch(known -> known.name().equals(name.text()))) {
                throw tokens.error(name.position(), "duplicate argument '" + name.text() + "' in macro definition");
            }
            parameters.add(scope.parameter(name.text()));
            if (tokens.skipOperator("=")) {
                defaults.add(expression());
            } else if (!defaults.isEmpty()) {
                throw tokens.error("non-default argument follows default argument");
            }
        }
        tokens.expectOperator(")");
        return new Signature(parameters, defaults);
    }

    private Macro.Definition definition(
            @Nullable String name, Signature signature, ScopeBuilder.Scope own, Statement body, Token start) {
        boolean usesCaller = ScopeBuilder.mentions(own, "caller");
        boolean explicitCaller = signature.has("caller");
        if (usesCaller && explicitCaller) {
            int place = 0;
            while (!signature.parameters().get(place).name().equals("caller")) {
                place++;
            }
            if (place < signature.parameters().size() - signature.defaults().size()) {
                throw tokens.error(
                        start.position(),
                        "When defining macros or call blocks the special \"caller\" argument must be omitted or be"
                                + " given a default.");
            }
        }
        return new Macro.Definition(
                name,
                signature.parameters(),
                signature.defaults(),
                own,
                usesCaller && !explicitCaller ? own.parameter("caller") : null,
                special(signature, own, "kwargs"),
                special(signature, own, "varargs"),
                usesCaller,
                explicitCaller,
                body);
    }

    private static @Nullable VariableRef special(Signature signature, ScopeBuilder.Scope own, String name) {
        return ScopeBuilder.mentions(own, name) && !signature.has(name) ? own.parameter(name) : null;
    }

    private Statement filterTag() {
        Token start = tokens.next();
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        scope = outer.inner();
        ScopeBuilder.Scope own = scope;
        Expression filter = java.util.Objects.requireNonNull(filters(null, true));
        Statement body = whole("endfilter");
        endPart(outer, before);
        return new Statements.FilterBlock(line(start), own, body, filter);
    }

    private Statement blockTag() {
        Token start = tokens.next();
        Token name = tokens.expect(Token.Type.NAME);
        boolean scoped = tokens.skipName("scoped");
        boolean required = tokens.skipName("required");
        if (tokens.current().isOperator("-")) {
            throw tokens.error("Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
                    + " use an underscore instead.");
        }
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        scope = scoped ? outer.innerFunction() : outer.separate();
        ScopeBuilder.Scope own = scope;
        int loopsAround = loops;
        loops = 0;
        tokens.skipOperator(":");
        tokens.expect(Token.Type.BLOCK_END);
        Statement.Body body = body(List.of("endblock"));
        if (required && !body.isBlank()) {
            throw tokens.error("Required blocks can only contain comments or whitespace");
        }
        tokens.next();
        loops = loopsAround;
        tokens.skipName(name.text());
        endPart(outer, before);
        if (!blockNames.add(name.text())) {
            throw tokens.error(name.position(), "block '" + name.text() + "' defined twice");
        }
        VariableRef self = ScopeBuilder.mentions(own, "self") ? own.parameter("self") : null;
        VariableRef parent = ScopeBuilder.mentions(own, "super") ? own.parameter("super") : null;
        Statements.Block block =
                new Statements.Block(line(start), name.text(), required, scoped, own, self, parent, body);
        blocks.put(name.text(), block);
        return block;
    }

    private Statement printTag() {
        tokens.next();
        List<Statement> prints = new ArrayList<>();
        while (!tokens.current().is(Token.Type.BLOCK_END)) {
            if (!prints.isEmpty()) {
                tokens.expectOperator(",");
            }
            prints.add(new Statement.Print(expression()));
        }
        return new Statement.Body(prints);
    }

    private Statement autoescapeTag() {
        Token start = tokens.next();
        ScopeBuilder.Scope outer = scope;
        boolean before = beginPart();
        scope = outer.inner();
        ScopeBuilder.Scope own = scope;
        Expression on = expression();
        Statement body = whole("endautoescape");
        endPart(outer, before);
        return new Statements.Autoescape(line(start), own, on, body);
    }

    /** The names of a target, before it is known in which part they are set. */
    private sealed interface TargetShape {

        Target parameters(ScopeBuilder.Scope scope);

        Target stores(ScopeBuilder.Scope scope, boolean exported);
    }

    private record NameShape(String name) implements TargetShape {
        @Override
        public Target parameters(ScopeBuilder.Scope scope) {
            return new Target.Variable(scope.parameter(name), false);
        }

        @Override
        public Target stores(ScopeBuilder.Scope scope, boolean exported) {
            return new Target.Variable(scope.write(name), exported);
        }
    }

    private record NamespaceShape(String name, String attribute) implements TargetShape {
        @Override
        public Target parameters(ScopeBuilder.Scope scope) {
            return stores(scope, false);
        }

        @Override
        public Target stores(ScopeBuilder.Scope scope, boolean exported) {
            return new Target.NamespaceAttribute(scope.read(name), attribute);
        }
    }

    private record TupleShape(List<TargetShape> shapes) implements TargetShape {
        @Override
        public Target parameters(ScopeBuilder.Scope scope) {
            return new Target.Unpacked(
                    shapes.stream().map(shape -> shape.parameters(scope)).toList());
        }

        @Override
        public Target stores(ScopeBuilder.Scope scope, boolean exported) {
            return new Target.Unpacked(
                    shapes.stream().map(shape -> shape.stores(scope, exported)).toList());
        }
    }

    private TargetShape targetShape(@Nullable String end, boolean withNamespace, List<Token> names) {
        List<TargetShape> shapes = new ArrayList<>();
        boolean several = false;
        while (true) {
            if (!shapes.isEmpty()) {
                tokens.expectOperator(",");
            }
            if (isTupleEnd(end)) {
                break;
            }
            shapes.add(singleShape(withNamespace, names));
            if (!tokens.current().isOperator(",")) {
                break;
            }
            several = true;
        }
        if (several) {
            return new TupleShape(shapes);
        }
        if (shapes.isEmpty()) {
            throw tokens.error(
                    "Expected an expression, got '" + tokens.current().description() + "'");
        }
        return shapes.get(0);
    }

    private TargetShape singleShape(boolean withNamespace, List<Token> names) {
        Token token = tokens.current();
        if (tokens.skipOperator("(")) {
            enter();
            TargetShape shape =
                    tokens.current().isOperator(")") ? new TupleShape(List.of()) : targetShape(null, false, names);
            leave();
            tokens.expectOperator(")");
            return shape;
        }
        if (!token.is(Token.Type.NAME) || RESERVED.contains(token.text())) {
            throw tokens.error("can't assign to '" + token.description() + "'");
        }
        tokens.next();
        if (withNamespace && tokens.skipOperator(".")) {
            return new NamespaceShape(
                    token.text(), tokens.expect(Token.Type.NAME).text());
        }
        names.add(token);
        return new NameShape(token.text());
    }
}
