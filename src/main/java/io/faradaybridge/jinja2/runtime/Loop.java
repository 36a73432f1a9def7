package io.faradaybridge.jinja2.runtime;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.values.Arguments;
import io.faradaybridge.jinja2.values.Bound;
import io.faradaybridge.jinja2.values.Callable;
import io.faradaybridge.jinja2.values.Comparison;
import io.faradaybridge.jinja2.values.Iteration;
import io.faradaybridge.jinja2.values.Series;
import io.faradaybridge.jinja2.values.TupleValue;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}. It looks ahead only when asked about what comes. */
final class Loop implements Callable, Series {

    private final Object iterable;
    private final Context context;
    private final Budget budget;
    private final For.@Nullable Recursion recursion;
    private final int depth0;
    private Iterator<Object> items;
    private int index0 = -1;
    private int length = -1;
    private @Nullable Object before;
    private @Nullable Object current;
    private @Nullable Object after;
    private @Nullable TupleValue lastChanged;

    /** @param iterable what is gone through, if it has a length */
    Loop(Object iterable, Iterator<Object> items, Context context, For.@Nullable Recursion recursion, int depth0) {
        this.iterable = iterable;
        this.items = items;
        this.context = context;
        this.budget = context.budget();
        this.recursion = recursion;
        this.depth0 = depth0;
    }

    public boolean hasNext() {
        return after != null || items.hasNext();
    }

    public Object next() {
        Object next = after == null ? items.next() : after;
        after = null;
        index0++;
        before = current;
        current = next;
        return next;
    }

    /** To go on with the loop's own items inside of it. */
    @Override
    public Iterator<Object> rest() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return Loop.this.hasNext();
            }

            @Override
            public Object next() {
                return TupleValue.of(Loop.this.next(), Loop.this);
            }
        };
    }

    private long index() {
        return index0 + 1L;
    }

    @Override
    public int length() {
        if (length < 0) {
            if (Types.hasLength(iterable)) {
                length = Iteration.length(iterable);
            } else {
                List<Object> rest = new ArrayList<>();
                while (items.hasNext()) {
                    budget.step();
                    rest.add(items.next());
                }
                items = rest.iterator();
                length = rest.size() + index0 + 1 + (after == null ? 0 : 1);
            }
        }
        return length;
    }

    private @Nullable Object peek() {
        if (after == null && items.hasNext()) {
            after = items.next();
        }
        return after;
    }

    @Override
    public String qualifiedType() {
        return "jinja2.runtime.LoopContext";
    }

    @Override
    public String repr() {
        return "<LoopContext " + index() + "/" + length() + ">";
    }

    @Override
    public boolean hasMethod(String name) {
        return name.equals("cycle") || name.equals("changed");
    }

    @Override
    public Object call(String name, Arguments arguments) {
        return name.equals("cycle") ? cycle(arguments) : changed(arguments);
    }

    @Override
    public @Nullable Object attribute(String name) {
        return switch (name) {
            case "index" -> index();
            case "index0" -> (long) index0;
            case "revindex" -> (long) length() - index0;
            case "revindex0" -> (long) length() - index0 - 1;
            case "first" -> index0 == 0;
            case "last" -> peek() == null;
            case "length" -> (long) length();
            case "depth" -> depth0 + 1L;
            case "depth0" -> (long) depth0;
            case "previtem" -> index0 == 0 || before == null ? Undefined.because("there is no previous item") : before;
            case "nextitem" -> {
                Object next = peek();
                yield next == null ? Undefined.because("there is no next item") : next;
            }
            default -> null;
        };
    }

    private Object cycle(Arguments arguments) {
        if (arguments.count() == 0) {
            throw Failure.type("no items for cycling given");
        }
        return arguments.positional().get(index0 % arguments.count());
    }

    private Object changed(Arguments arguments) {
        TupleValue value = TupleValue.of(arguments.positional());
        if (lastChanged != null && Comparison.equal(lastChanged, value, budget)) {
            return false;
        }
        lastChanged = value;
        return true;
    }

    @Override
    public Object call(Arguments arguments, Budget unused) {
        if (recursion == null) {
            throw Failure.type("The loop must have the 'recursive' marker to be called recursively.");
        }
        Bound bound = Bound.named("loop", arguments, 1, "iterable");
        return context.safe(recursion.write(context, bound.get(0), depth0 + 1));
    }
}
