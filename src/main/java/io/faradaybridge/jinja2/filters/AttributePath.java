package io.faradaybridge.jinja2.filters;

import io.faradaybridge.jinja2.python.Attributes;
import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Characters;
import io.faradaybridge.jinja2.text.LetterCase;
import io.faradaybridge.jinja2.text.Splitting;
import io.faradaybridge.jinja2.values.None;
import io.faradaybridge.jinja2.values.Numbers;
import io.faradaybridge.jinja2.values.Types;
import io.faradaybridge.jinja2.values.Undefined;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What filters call an attribute: {@code "service.ports.0"}, an index, or None for the item itself.
 *
 * @param otherwise instead of what is undefined
 * @param ignoreCase texts in lower case
 */
record AttributePath(List<Object> parts, @Nullable Object otherwise, boolean ignoreCase) {

    public static AttributePath of(Object attribute, @Nullable Object otherwise, boolean ignoreCase, Budget budget) {
        if (attribute == None.NONE) {
            return new AttributePath(List.of(), otherwise, ignoreCase);
        }
        if (!Types.isText(attribute)) {
            return new AttributePath(List.of(attribute), otherwise, ignoreCase);
        }
        List<Object> parts = new ArrayList<>();
        for (String part : Splitting.splitBy(attribute.toString(), ".", -1, budget)) {
            Object number = Characters.is("isdigit", part) ? Numbers.parseInteger(part, 10) : null;
            parts.add(number == null ? part : number);
        }
        return new AttributePath(parts, otherwise, ignoreCase);
    }

    public Object of(Object item, Budget budget) {
        Object value = item;
        for (Object part : parts) {
            budget.step();
            value = Attributes.item(value, part, budget);
            if (otherwise != null && otherwise != None.NONE && value instanceof Undefined) {
                value = otherwise;
            }
        }
        if (ignoreCase && Types.isText(value)) {
            return LetterCase.lower(value.toString());
        }
        return value;
    }
}
