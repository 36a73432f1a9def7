package io.faradaybridge.jinja2;

/** A part of the template that has a value. */
abstract class Expression {

    final int line;
    /** Of the tree below, this node included: how deeply Java calls itself to evaluate it. */
    final int depth;

    Expression(int line, int depth) {
        this.line = line;
        this.depth = depth;
    }

    abstract Object evaluate(Context context);

    static int deepest(Iterable<? extends Expression> parts) {
        int deepest = 0;
        for (Expression part : parts) {
            deepest = Math.max(deepest, part.depth);
        }
        return deepest;
    }
}
