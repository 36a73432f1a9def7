package io.faradaybridge.jinja2;

/** What {@code joiner(...)} gives: nothing the first time, then the separator. */
final class Joiner implements Callable {

    private final Object separator;
    private boolean used;

    Joiner(Object separator) {
        this.separator = separator;
    }

    @Override
    public Object call(Arguments arguments, Budget budget) {
        Bound.positional("joiner", arguments, 0, 0);
        if (!used) {
            used = true;
            return "";
        }
        return separator;
    }
}
