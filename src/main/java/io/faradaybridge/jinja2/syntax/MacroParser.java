package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.api.Limits;
import io.faradaybridge.jinja2.runtime.Expression;
import io.faradaybridge.jinja2.runtime.Invocation;
import io.faradaybridge.jinja2.runtime.Library;
import io.faradaybridge.jinja2.runtime.Macro;
import io.faradaybridge.jinja2.runtime.Statement;
import io.faradaybridge.jinja2.runtime.Target;
import io.faradaybridge.jinja2.runtime.VariableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what defines names: the targets of assignments, and macros with their parameters. */
abstract class MacroParser extends ExpressionParser {

    private static final Set<String> RESERVED = Set.of("true", "false", "none", "True", "False", "None");

    /** Whether what is set here is seen by blocks too: not inside of loops, macros and the like. */
    boolean topLevel = true;

    MacroParser(String text, Library library, Limits limits) {
        super(text, library, limits);
    }

    /** The body of a tag, from the end of its first tag to that of its last one. */
    abstract Statement.Body whole(String endTag);

    /** Reads a part that has variables of its own. */
    <T> T inside(ScopeBuilder own, Supplier<T> reader) {
        ScopeBuilder outer = scope;
        boolean wasConditional = conditional;
        boolean wasTopLevel = topLevel;
        scope = own;
        conditional = false;
        topLevel = false;
        T read = reader.get();
        scope = outer;
        conditional = wasConditional;
        topLevel = wasTopLevel;
        return read;
    }

    Statement.Part wholePart(ScopeBuilder own, String endTag) {
        return new Statement.Part(own.scope(), inside(own, () -> whole(endTag)));
    }

    /** The names of a target, before it is known in which part they are set. */
    interface Shape {

        /** @param parameter set by whoever enters the part */
        Target in(ScopeBuilder scope, boolean parameter, boolean exported);

        default Target parameters(ScopeBuilder scope) {
            return in(scope, true, false);
        }
    }

    Shape targetShape(@Nullable String end, boolean withNamespace, List<Token> names) {
        List<Shape> shapes = new ArrayList<>();
        boolean several = commaSeparated(end, () -> shapes.add(singleShape(withNamespace, names)));
        if (!several && shapes.isEmpty()) {
            throw expectedExpression();
        }
        return several ? unpacked(shapes) : shapes.get(0);
    }

    private static Shape unpacked(List<Shape> shapes) {
        return (part, parameter, exported) -> new Target.Unpacked(shapes.stream()
                .map(shape -> shape.in(part, parameter, exported))
                .toList());
    }

    private Shape singleShape(boolean withNamespace, List<Token> names) {
        if (tokens.skipOperator("(")) {
            enter();
            Shape shape = tokens.current().isOperator(")") ? unpacked(List.of()) : targetShape(null, false, names);
            leave();
            tokens.expectOperator(")");
            return shape;
        }
        Token token = tokens.current();
        if (!token.is(Token.Type.NAME) || RESERVED.contains(token.text())) {
            throw tokens.error("can't assign to '" + token.description() + "'");
        }
        String name = tokens.next().text();
        if (withNamespace && tokens.skipOperator(".")) {
            String attribute = tokens.expect(Token.Type.NAME).text();
            return (part, parameter, exported) -> new Target.NamespaceAttribute(part.read(name), attribute);
        }
        names.add(token);
        return (part, parameter, exported) ->
                new Target.Variable(parameter ? part.parameter(name) : part.write(name), exported);
    }

    Statement macroTag(Token tag) {
        Token name = definedName();
        Target target = new Target.Variable(scope.write(name.text()), topLevel);
        ScopeBuilder own = scope.innerFunction();
        Macro.Definition definition = inside(own, () -> {
            Signature signature = signature();
            return definition(name.text(), signature, own, whole("endmacro"), tag);
        });
        return new Statement.Set(line(tag), target, new Invocation.Closure(line(tag), definition));
    }

    Statement callTag(Token tag) {
        ScopeBuilder own = scope.innerFunction();
        Signature signature =
                tokens.current().isOperator("(") ? inside(own, this::signature) : new Signature(List.of(), List.of());
        if (!(expression() instanceof Invocation.Call call)) {
            throw tokens.error(tag.position(), "expected call");
        }
        Macro.Definition caller = inside(own, () -> definition(null, signature, own, whole("endcall"), tag));
        Invocation.ArgumentList arguments = call.arguments().with("caller", new Invocation.Closure(line(tag), caller));
        return new Statement.CallBlock(line(tag), new Invocation.Call(call.line(), call.callee(), arguments));
    }

    private record Signature(List<VariableRef> parameters, List<Expression> defaults) {

        /** -1 if there is none of that name. */
        int place(String name) {
            return parameters.stream().map(VariableRef::name).toList().indexOf(name);
        }
    }

    private Token definedName() {
        Token name = tokens.expect(Token.Type.NAME);
        if (RESERVED.contains(name.text())) {
            throw tokens.error(name.position(), "can't assign to 'name'");
        }
        return name;
    }

    private Signature signature() {
        Signature signature = new Signature(new ArrayList<>(), new ArrayList<>());
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!signature.parameters().isEmpty()) {
                tokens.expectOperator(",");
            }
            Token name = definedName();
            if (signature.place(name.text()) >= 0) {
                throw tokens.error(name.position(), "duplicate argument '" + name.text() + "' in macro definition");
            }
            signature.parameters().add(scope.parameter(name.text()));
            if (tokens.skipOperator("=")) {
                signature.defaults().add(expression());
            } else if (!signature.defaults().isEmpty()) {
                throw tokens.error("non-default argument follows default argument");
            }
        }
        return signature;
    }

    private Macro.Definition definition(
            @Nullable String name, Signature signature, ScopeBuilder own, Statement.Body body, Token tag) {
        boolean usesCaller = own.asksFor("caller");
        int caller = signature.place("caller");
        if (usesCaller
                && caller >= 0
                && caller < signature.parameters().size() - signature.defaults().size()) {
            throw tokens.error(
                    tag.position(),
                    "When defining macros or call blocks the special \"caller\" argument must be omitted or be"
                            + " given a default.");
        }
        return new Macro.Definition(
                name,
                signature.parameters(),
                signature.defaults(),
                special(signature, own, "caller"),
                special(signature, own, "kwargs"),
                special(signature, own, "varargs"),
                usesCaller,
                caller >= 0,
                new Statement.Part(own.scope(), body));
    }

    private static @Nullable VariableRef special(Signature signature, ScopeBuilder own, String name) {
        return signature.place(name) >= 0 ? null : own.special(name);
    }
}
