package io.faradaybridge.jinja2.syntax;

import io.faradaybridge.jinja2.runtime.Scope;
import io.faradaybridge.jinja2.runtime.VariableRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which variable a name in the source means, by Jinja2's own rules, which look at a whole part of the template
 * before any of it runs: a name that is set anywhere in a part belongs to that part from its beginning.
 *
 * <p>The parser reports what it meets in a part, in the order in which Jinja2 looks at it. Once all is parsed, {@link
 * #decide} goes from the outermost part inwards and gives each name its slot.
 */
final class ScopeBuilder {

    /** What a variable is when its part is entered. */
    private enum Load {
        /** A parameter, set by whoever enters. */
        PARAMETER,
        /** From the data or the functions every template has. */
        DATA,
        /** From the part around. */
        OUTER,
        NOTHING
    }

    /** One that may run several times at once, as a macro does: it has slots of its own each time. */
    private static final class Function {

        final @Nullable Function parent;
        int slots;

        Function(@Nullable Function parent) {
            this.parent = parent;
        }
    }

    private enum Kind {
        READ,
        WRITE,
        PARAMETER
    }

    private sealed interface Event {}

    private record Mention(Kind kind, String name) implements Event {}

    private record Branches(List<List<Event>> branches) implements Event {}

    /** The refs, loads and stores of a part, as known so far; in a branch only what it adds to those before it. */
    private static final class Symbols {

        final @Nullable Symbols before;
        final Set<String> refs = new HashSet<>();
        final Map<String, Load> loads = new LinkedHashMap<>();
        final Set<String> stores = new HashSet<>();

        Symbols(@Nullable Symbols before) {
            this.before = before;
        }

        boolean refers(String name) {
            return refs.contains(name) || (before != null && before.refers(name));
        }

        boolean stores(String name) {
            return stores.contains(name) || (before != null && before.stores(name));
        }

        void define(String name, Load load) {
            refs.add(name);
            loads.put(name, load);
        }
    }

    private final Scope scope = new Scope();
    private final @Nullable ScopeBuilder parent;
    private final Function function;
    private final List<Event> events = new ArrayList<>();
    private List<Event> current = events;
    private final List<ScopeBuilder> children = new ArrayList<>();
    private final List<VariableRef> references = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private Symbols symbols = new Symbols(null);

    private ScopeBuilder(@Nullable ScopeBuilder parent, Function function) {
        this.parent = parent;
        this.function = function;
    }

    static ScopeBuilder root() {
        return new ScopeBuilder(null, new Function(null));
    }

    public Scope scope() {
        return scope;
    }

    /** A part inside that shares this one's slots. */
    ScopeBuilder inner() {
        return child(this, function);
    }

    /** A part inside that may run several times at once. */
    ScopeBuilder innerFunction() {
        return child(this, new Function(function));
    }

    /** A part inside this one's own that shares the slots of another function inside. */
    ScopeBuilder innerOf(ScopeBuilder sibling) {
        return child(this, sibling.function);
    }

    /** One that sees nothing of this part. */
    public ScopeBuilder separate() {
        return child(null, new Function(null));
    }

    private ScopeBuilder child(@Nullable ScopeBuilder around, Function of) {
        ScopeBuilder child = new ScopeBuilder(around, of);
        children.add(child);
        return child;
    }

    public VariableRef read(String name) {
        asked.add(name);
        return mention(Kind.READ, name);
    }

    public VariableRef write(String name) {
        return mention(Kind.WRITE, name);
    }

    VariableRef parameter(String name) {
        return mention(Kind.PARAMETER, name);
    }

    private VariableRef mention(Kind kind, String name) {
        VariableRef reference = new VariableRef(name);
        references.add(reference);
        current.add(new Mention(kind, name));
        return reference;
    }

    /** What is reported in each of them happens only if a condition holds. */
    void branches(Runnable... readers) {
        List<Event> before = current;
        List<List<Event>> branches = new ArrayList<>();
        before.add(new Branches(branches));
        for (Runnable reader : readers) {
            current = new ArrayList<>();
            branches.add(current);
            reader.run();
        }
        current = before;
    }

    /** Whether the name is read in this part, or in one inside that sees it. */
    boolean asksFor(String name) {
        return asked.contains(name) || children.stream().anyMatch(child -> child.parent != null && child.asksFor(name));
    }

    /** A parameter for the name, if it is read. */
    @Nullable
    VariableRef special(String name) {
        return asksFor(name) ? parameter(name) : null;
    }

    /** @return the names that can only mean something of the data or a function of every template */
    public Set<String> decide() {
        giveSlots();
        Set<String> loaded = new LinkedHashSet<>();
        Set<String> set = new HashSet<>();
        finish(loaded, set);
        loaded.removeAll(set);
        return loaded;
    }

    private void giveSlots() {
        replay(events);
        references.forEach(this::bind);
        symbols.loads.keySet().forEach(this::slot);
        children.forEach(ScopeBuilder::giveSlots);
    }

    private void finish(Set<String> loaded, Set<String> set) {
        List<Scope.Fill> fills = new ArrayList<>();
        symbols.loads.forEach((name, load) -> {
            switch (load) {
                case DATA -> {
                    loaded.add(name);
                    fills.add(new Scope.Fill(slot(name), name, null));
                }
                case NOTHING -> fills.add(new Scope.Fill(slot(name), null, null));
                case OUTER -> fills.add(new Scope.Fill(slot(name), null, around(name)));
                case PARAMETER -> {}
            }
        });
        scope.decide(fills, function.slots);
        set.addAll(symbols.stores);
        children.forEach(child -> child.finish(loaded, set));
    }

    private @Nullable ScopeBuilder owner(String name) {
        for (ScopeBuilder part = this; part != null; part = part.parent) {
            if (part.symbols.refers(name)) {
                return part;
            }
        }
        return null;
    }

    private int slot(String name) {
        return slots.computeIfAbsent(name, unused -> function.slots++);
    }

    private void bind(VariableRef reference) {
        ScopeBuilder owner = owner(reference.name());
        if (owner == null) {
            throw new IllegalStateException("no scope has " + reference.name());
        }
        int hops = 0;
        for (Function from = function; from != owner.function; hops++) {
            from = Objects.requireNonNull(from, "the owner's function is around").parent;
        }
        reference.bind(hops, owner.slot(reference.name()));
    }

    /** The value is read when the part is entered, so from the part's own activation outwards. */
    private VariableRef around(String name) {
        ScopeBuilder around = Objects.requireNonNull(parent);
        VariableRef reference = new VariableRef(name);
        around.bind(reference);
        if (around.function != function) {
            reference.bind(reference.hops() + 1, reference.slot());
        }
        return reference;
    }

    private void replay(List<Event> reported) {
        for (Event event : reported) {
            if (event instanceof Branches branches) {
                replayBranches(branches.branches());
                continue;
            }
            Mention mention = (Mention) event;
            String name = mention.name();
            if (mention.kind() == Kind.READ) {
                if (owner(name) == null) {
                    symbols.define(name, Load.DATA);
                }
                continue;
            }
            symbols.stores.add(name);
            if (mention.kind() == Kind.PARAMETER) {
                symbols.define(name, Load.PARAMETER);
            } else if (!symbols.refers(name)) {
                symbols.define(name, outerOr(name, Load.NOTHING));
            }
        }
    }

    private Load outerOr(String name, Load otherwise) {
        return parent == null || parent.owner(name) == null ? otherwise : Load.OUTER;
    }

    /** Each branch starts with what was known before; what any of them sets is then known, from outside or the data. */
    private void replayBranches(List<List<Event>> branches) {
        Symbols before = symbols;
        List<Symbols> after = new ArrayList<>();
        Set<String> stores = new LinkedHashSet<>();
        for (List<Event> branch : branches) {
            symbols = new Symbols(before);
            replay(branch);
            after.add(symbols);
            symbols.stores.stream().filter(name -> !before.stores(name)).forEach(stores::add);
        }
        symbols = before;
        for (Symbols each : after) {
            before.refs.addAll(each.refs);
            before.loads.putAll(each.loads);
            before.stores.addAll(each.stores);
        }
        for (String name : stores) {
            before.loads.put(name, outerOr(name, Load.DATA));
        }
    }
}
