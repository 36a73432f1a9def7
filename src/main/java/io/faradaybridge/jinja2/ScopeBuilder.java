package io.faradaybridge.jinja2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which variable a name in the source means, by Jinja2's own rules, which look at a whole part of the template
 * before any of it runs: a name that is set anywhere in a part belongs to that part from its beginning.
 *
 * <p>The parser reports what it meets, in the order in which Jinja2 looks at it. Once all is parsed, {@link #resolve}
 * goes from the outermost part inwards and gives each name its slot.
 */
final class ScopeBuilder {

    /** What happens when a part is entered: a slot gets a variable's value. */
    enum Load {
        /** A parameter, set by whoever enters. */
        PARAMETER,
        /** From the data or the functions every template has. */
        DATA,
        /** From the part around. */
        OUTER,
        /** Nothing yet. */
        NOTHING
    }

    private record LoadRule(Load load, @Nullable VariableRef outer) {}

    /** One that may run several times at once, as a macro does: it has slots of its own each time. */
    static final class Function {
        final @Nullable Function parent;
        int slots;

        Function(@Nullable Function parent) {
            this.parent = parent;
        }
    }

    private sealed interface Event {}

    private record Read(VariableRef reference) implements Event {}

    private record Write(VariableRef reference) implements Event {}

    private record Parameter(VariableRef reference) implements Event {}

    private record Branches(List<List<Event>> branches) implements Event {}

    /** The refs, loads and stores of a part, as known so far; in a branch only what it adds to those before it. */
    private static final class Symbols {
        final @Nullable Symbols before;
        final Set<String> refs = new HashSet<>();
        final Map<String, LoadRule> loads = new LinkedHashMap<>();
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
    }

    /** A part of the template with variables of its own. */
    static final class Scope {
        final @Nullable Scope parent;
        final Function function;
        private List<Event> events = new ArrayList<>();
        private List<Event> current = events;
        private List<Scope> children = new ArrayList<>();
        private List<VariableRef> references = new ArrayList<>();
        private Map<String, Integer> slots = new HashMap<>();
        private Symbols symbols = new Symbols(null);
        private Entry entry = Entry.NOTHING;

        private Scope(@Nullable Scope parent, Function function) {
            this.parent = parent;
            this.function = function;
        }

        /** A part inside that shares this one's slots. */
        Scope inner() {
            return child(function);
        }

        /** A part inside that may run several times at once. */
        Scope innerFunction() {
            return child(new Function(function));
        }

        /** A part inside this one's own that shares the slots of another function inside. */
        Scope innerOf(Scope sibling) {
            return child(sibling.function);
        }

        /** One that sees nothing of this part. */
        Scope separate() {
            Scope scope = new Scope(null, new Function(null));
            children.add(scope);
            return scope;
        }

        private Scope child(Function of) {
            Scope scope = new Scope(this, of);
            children.add(scope);
            return scope;
        }

        VariableRef read(String name) {
            VariableRef reference = refer(name).markRead();
            current.add(new Read(reference));
            return reference;
        }

        VariableRef write(String name) {
            VariableRef reference = refer(name);
            current.add(new Write(reference));
            return reference;
        }

        VariableRef parameter(String name) {
            VariableRef reference = refer(name);
            current.add(new Parameter(reference));
            return reference;
        }

        private VariableRef refer(String name) {
            VariableRef reference = new VariableRef(name);
            references.add(reference);
            return reference;
        }

        /** What is reported until {@link BranchWriter#end} happens only if a condition holds. */
        BranchWriter branches(int count) {
            List<List<Event>> branches = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                branches.add(new ArrayList<>());
            }
            current.add(new Branches(branches));
            return new BranchWriter(this, branches);
        }

        private @Nullable Scope owner(String name) {
            for (Scope scope = this; scope != null; scope = scope.parent) {
                if (scope.symbols.refers(name)) {
                    return scope;
                }
            }
            return null;
        }

        private int slot(String name) {
            return slots.computeIfAbsent(name, unused -> function.slots++);
        }

        Entry entry() {
            return entry;
        }

        private boolean mentions(String name) {
            return references.stream().anyMatch(reference -> reference.name().equals(name) && reference.isRead())
                    || children.stream().anyMatch(child -> child.parent != null && child.mentions(name));
        }
    }

    /** Redirects a scope's reports into one branch after the other. */
    static final class BranchWriter {
        private final Scope scope;
        private final List<Event> before;
        private final List<List<Event>> branches;

        private BranchWriter(Scope scope, List<List<Event>> branches) {
            this.scope = scope;
            this.before = scope.current;
            this.branches = branches;
        }

        void into(int branch) {
            scope.current = branches.get(branch);
        }

        void end() {
            scope.current = before;
        }
    }

    /** The slots to fill when a part is entered. */
    static final class Entry {

        static final Entry NOTHING = new Entry(new int[0], new String[0], new int[0], new VariableRef[0], new int[0]);

        final int[] dataSlots;
        final String[] names;
        final int[] copies;
        final VariableRef[] outer;
        final int[] nothing;

        private Entry(int[] dataSlots, String[] names, int[] copies, VariableRef[] outer, int[] nothing) {
            this.dataSlots = dataSlots;
            this.names = names;
            this.copies = copies;
            this.outer = outer;
            this.nothing = nothing;
        }
    }

    private static final Symbols DECIDED = new Symbols(null);

    private ScopeBuilder() {}

    static Scope root() {
        return new Scope(null, new Function(null));
    }

    static boolean mentions(Scope scope, String name) {
        return scope.mentions(name);
    }

    /** @return the names that can only mean something of the data or a function of every template */
    static Set<String> resolve(Scope root) {
        decide(root);
        Set<String> asked = new LinkedHashSet<>();
        Set<String> set = new HashSet<>();
        collect(root, asked, set);
        forget(root);
        asked.removeAll(set);
        return asked;
    }

    private static void collect(Scope scope, Set<String> asked, Set<String> set) {
        asked.addAll(List.of(scope.entry.names));
        set.addAll(scope.symbols.stores);
        scope.children.forEach(child -> collect(child, asked, set));
    }

    /** What only the decisions needed would be most of the memory that a parsed template keeps. */
    private static void forget(Scope scope) {
        scope.children.forEach(ScopeBuilder::forget);
        scope.events = List.of();
        scope.current = scope.events;
        scope.children = List.of();
        scope.references = List.of();
        scope.slots = Map.of();
        scope.symbols = DECIDED;
    }

    private static void decide(Scope scope) {
        replay(scope, scope.events);
        for (VariableRef reference : scope.references) {
            bind(scope, reference);
        }
        scope.entry = entry(scope);
        for (Scope child : scope.children) {
            decide(child);
        }
    }

    private static void bind(Scope scope, VariableRef reference) {
        Scope owner = scope.owner(reference.name());
        if (owner == null) {
            throw new IllegalStateException("no scope has " + reference.name());
        }
        int hops = 0;
        for (Function function = scope.function; function != owner.function; hops++) {
            if (function == null) {
                throw new IllegalStateException(reference.name() + " is in a part that is not around");
            }
            function = function.parent;
        }
        reference.bind(hops, owner.slot(reference.name()));
    }

    private static void replay(Scope scope, List<Event> events) {
        Symbols symbols = scope.symbols;
        for (Event event : events) {
            if (event instanceof Read read) {
                if (scope.owner(read.reference().name()) == null) {
                    define(symbols, read.reference().name(), new LoadRule(Load.DATA, null));
                }
            } else if (event instanceof Write write) {
                String name = write.reference().name();
                symbols.stores.add(name);
                if (!symbols.refers(name)) {
                    define(symbols, name, outer(scope, name, Load.NOTHING));
                }
            } else if (event instanceof Parameter parameter) {
                symbols.stores.add(parameter.reference().name());
                define(symbols, parameter.reference().name(), new LoadRule(Load.PARAMETER, null));
            } else if (event instanceof Branches branches) {
                replayBranches(scope, branches.branches());
            }
        }
    }

    private static void define(Symbols symbols, String name, LoadRule rule) {
        symbols.refs.add(name);
        symbols.loads.put(name, rule);
    }

    private static LoadRule outer(Scope scope, String name, Load otherwise) {
        Scope around = scope.parent;
        if (around == null || around.owner(name) == null) {
            return new LoadRule(otherwise, null);
        }
        VariableRef reference = new VariableRef(name);
        return new LoadRule(Load.OUTER, reference);
    }

    /** Each branch starts with what was known before; what any of them sets is then known, from outside or the data. */
    private static void replayBranches(Scope scope, List<List<Event>> branches) {
        Symbols before = scope.symbols;
        List<Symbols> after = new ArrayList<>();
        Set<String> stores = new LinkedHashSet<>();
        for (List<Event> branch : branches) {
            scope.symbols = new Symbols(before);
            replay(scope, branch);
            after.add(scope.symbols);
            scope.symbols.stores.stream().filter(name -> !before.stores(name)).forEach(stores::add);
        }
        scope.symbols = before;
        for (Symbols symbols : after) {
            before.refs.addAll(symbols.refs);
            before.loads.putAll(symbols.loads);
            before.stores.addAll(symbols.stores);
        }
        for (String name : stores) {
            before.loads.put(name, outer(scope, name, Load.DATA));
        }
    }

    private static Entry entry(Scope scope) {
        List<String> names = new ArrayList<>();
        List<Integer> copies = new ArrayList<>();
        List<VariableRef> outer = new ArrayList<>();
        List<Integer> nothing = new ArrayList<>();
        for (Map.Entry<String, LoadRule> load : scope.symbols.loads.entrySet()) {
            switch (load.getValue().load()) {
                case DATA -> names.add(load.getKey());
                case NOTHING -> nothing.add(scope.slot(load.getKey()));
                case OUTER -> {
                    copies.add(scope.slot(load.getKey()));
                    VariableRef reference =
                            java.util.Objects.requireNonNull(load.getValue().outer());
                    bindAround(scope, reference);
                    outer.add(reference);
                }
                case PARAMETER -> scope.slot(load.getKey());
            }
        }
        return new Entry(
                names.stream().mapToInt(scope::slot).toArray(),
                names.toArray(String[]::new),
                copies.stream().mapToInt(Integer::intValue).toArray(),
                outer.toArray(VariableRef[]::new),
                nothing.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The value is read when the part is entered, so from the part's own activation outwards. */
    private static void bindAround(Scope scope, VariableRef reference) {
        Scope around = java.util.Objects.requireNonNull(scope.parent);
        bind(around, reference);
        if (around.function != scope.function) {
            reference.bind(reference.hops() + 1, reference.slot());
        }
    }
}
