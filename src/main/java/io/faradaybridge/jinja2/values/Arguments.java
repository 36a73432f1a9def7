package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a filter, test or function is called with. */
public record Arguments(List<Object> positional, Map<String, Object> named) {

    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    public static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    public boolean isEmpty() {
        return positional.isEmpty() && named.isEmpty();
    }

    public int count() {
        return positional.size();
    }

    /** Without the first positional arguments. */
    public Arguments after(int count) {
        return new Arguments(positional.subList(Math.min(count, positional.size()), positional.size()), named);
    }

    public Arguments prepended(Object first) {
        List<Object> more = new ArrayList<>(positional.size() + 1);
        more.add(first);
        more.addAll(positional);
        return new Arguments(more, named);
    }

    public Arguments with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(named);
        more.put(name, value);
        return new Arguments(positional, more);
    }

    public Arguments without(String name) {
        Map<String, Object> less = new LinkedHashMap<>(named);
        less.remove(name);
        return new Arguments(positional, Collections.unmodifiableMap(less));
    }

    /**
     * In the order of the parameters, null where none was given.
     *
     * @param required how many of the parameters must be given
     * @param onlyPositional how many cannot be given by name
     */
    @Nullable
    public Object[] bind(String function, String[] parameters, int required, int onlyPositional) {
        if (positional.size() > parameters.length) {
            throw Failure.type(function + "() takes at most " + parameters.length + " arguments (" + positional.size()
                    + " given)");
        }
        @Nullable Object[] bound = new Object[parameters.length];
        for (int i = 0; i < positional.size(); i++) {
            bound[i] = positional.get(i);
        }
        for (Map.Entry<String, Object> argument : named.entrySet()) {
            int index = onlyPositional;
            while (index < parameters.length && !parameters[index].equals(argument.getKey())) {
                index++;
            }
            if (index == parameters.length) {
                throw Failure.type(function + "() got an unexpected keyword argument '" + argument.getKey() + "'");
            }
            if (bound[index] != null) {
                throw Failure.type(function + "() got multiple values for argument '" + argument.getKey() + "'");
            }
            bound[index] = argument.getValue();
        }
        for (int i = 0; i < required; i++) {
            if (bound[i] == null) {
                throw Failure.type(function + "() missing 1 required positional argument: '" + parameters[i] + "'");
            }
        }
        return bound;
    }
}
