package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;
import io.faradaybridge.jinja2.text.Failure;
import io.faradaybridge.jinja2.text.Search;
import io.faradaybridge.jinja2.text.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Iterator;

/** Python's ==, &lt; and in. */
public final class Comparison {

    private static final int LEVELS = 3;

    private Comparison() {}

    public static boolean equal(Object left, Object right, Budget budget) {
        if (left instanceof String first && right instanceof String second) {
            return first.equals(second);
        }
        if (Types.isText(left) && Types.isText(right)) {
            return left.toString().equals(right.toString());
        }
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return !isNaN(left) && !isNaN(right) && compareNumbers(left, right) == 0;
        }
        if (left instanceof Sequence first && right instanceof Sequence second) {
            return first.getClass() == second.getClass() && equalItems(first, second, budget);
        }
        if (left instanceof DictValue first && right instanceof DictValue second) {
            return equalDicts(first, second, budget);
        }
        if (left instanceof DictView first && right instanceof DictView second) {
            return equalViews(first, second, budget);
        }
        if (left instanceof Undefined && right instanceof Undefined) {
            return true;
        }
        if (left instanceof java.time.temporal.Temporal) {
            if (left instanceof OffsetDateTime first && right instanceof OffsetDateTime second) {
                return first.isEqual(second);
            }
            return left.equals(right);
        }
        return same(left, right);
    }

    @SuppressWarnings("ReferenceEquality")
    public static boolean same(Object left, Object right) {
        return left == right;
    }

    /** As containers compare their items: what is the same is equal, even a NaN. */
    private static boolean alike(Object left, Object right, Budget budget) {
        return same(left, right) || equal(left, right, budget);
    }

    private static boolean equalItems(Sequence left, Sequence right, Budget budget) {
        int size = left.size();
        if (size != right.size()) {
            return false;
        }
        if (left instanceof RangeValue) {
            return size == 0
                    || (left.get(0).equals(right.get(0))
                            && (size == 1 || left.get(size - 1).equals(right.get(size - 1))));
        }
        budget.enter(LEVELS);
        try {
            for (int i = 0; i < size; i++) {
                budget.step();
                if (!alike(left.get(i), right.get(i), budget)) {
                    return false;
                }
            }
            return true;
        } finally {
            budget.leave(LEVELS);
        }
    }

    private static boolean equalDicts(DictValue left, DictValue right, Budget budget) {
        if (left.size() != right.size()) {
            return false;
        }
        budget.enter(LEVELS);
        try {
            for (DictValue.Item item : left.items()) {
                budget.step();
                Object other = right.get(item.key);
                if (other == null || !alike(item.value, other, budget)) {
                    return false;
                }
            }
            return true;
        } finally {
            budget.leave(LEVELS);
        }
    }

    private static boolean equalViews(DictView left, DictView right, Budget budget) {
        if (left.kind() == DictView.Kind.VALUES || right.kind() == DictView.Kind.VALUES) {
            return same(left, right);
        }
        if (left.dict().size() != right.dict().size()) {
            return false;
        }
        for (Iterator<Object> items = left.iterator(); items.hasNext(); ) {
            if (!contains(right, items.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    public static boolean isNaN(Object number) {
        return number instanceof Double real && real.isNaN();
    }

    /** Exact, also between an int and a float. NaN is asked for before. */
    static int compareNumbers(Object left, Object right) {
        if (left instanceof Long first && right instanceof Long second) {
            return Long.compare(first, second);
        }
        if (left instanceof Double first && right instanceof Double second) {
            return first < second ? -1 : first > second ? 1 : 0;
        }
        if (left instanceof Double real) {
            return -compareNumbers(right, real);
        }
        if (right instanceof Double real) {
            if (real.isInfinite()) {
                return real > 0 ? -1 : 1;
            }
            return new BigDecimal(Numbers.big(left)).compareTo(new BigDecimal(real));
        }
        if (left instanceof BigInteger || right instanceof BigInteger) {
            return Numbers.big(left).compareTo(Numbers.big(right));
        }
        return Long.compare(Numbers.small(left), Numbers.small(right));
    }

    public static boolean less(Object left, Object right, Budget budget) {
        return ordered("<", left, right, budget);
    }

    /** @param operator one of the four that order */
    public static boolean ordered(String operator, Object left, Object right, Budget budget) {
        if (Types.isNumber(left) && Types.isNumber(right)) {
            return !isNaN(left) && !isNaN(right) && holds(operator, compareNumbers(left, right));
        }
        if (Types.isText(left) && Types.isText(right)) {
            return holds(operator, Text.compare(left.toString(), right.toString()));
        }
        if ((left instanceof ListValue && right instanceof ListValue)
                || (left instanceof TupleValue && right instanceof TupleValue)) {
            return orderedItems(operator, (Sequence) left, (Sequence) right, budget);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (left instanceof DictView first && right instanceof DictView second) {
            return orderedViews(operator, first, second, budget);
        }
        Integer dates = compareDates(left, right);
        if (dates != null) {
            return holds(operator, dates);
        }
        throw Failure.type("'" + operator + "' not supported between instances of '" + Types.name(left) + "' and '"
                + Types.name(right) + "'");
    }

    private static @org.jspecify.annotations.Nullable Integer compareDates(Object left, Object right) {
        if (left instanceof OffsetDateTime first && right instanceof OffsetDateTime second) {
            return first.toInstant().compareTo(second.toInstant());
        } else if (left instanceof LocalDateTime first && right instanceof LocalDateTime second) {
            return first.compareTo(second);
        } else if (left instanceof LocalDate first && right instanceof LocalDate second) {
            return first.compareTo(second);
        } else if (left instanceof LocalTime first && right instanceof LocalTime second) {
            return first.compareTo(second);
        } else if ((left instanceof OffsetDateTime && right instanceof LocalDateTime)
                || (left instanceof LocalDateTime && right instanceof OffsetDateTime)) {
            throw Failure.type("can't compare offset-naive and offset-aware datetimes");
        }
        return null;
    }

    private static boolean orderedItems(String operator, Sequence left, Sequence right, Budget budget) {
        int shared = Math.min(left.size(), right.size());
        budget.enter(LEVELS);
        try {
            for (int i = 0; i < shared; i++) {
                budget.step();
                if (!alike(left.get(i), right.get(i), budget)) {
                    return ordered(operator, left.get(i), right.get(i), budget);
                }
            }
            return holds(operator, Integer.compare(left.size(), right.size()));
        } finally {
            budget.leave(LEVELS);
        }
    }

    /** Views of keys and items are sets: less is being a part of the other. */
    private static boolean orderedViews(String operator, DictView left, DictView right, Budget budget) {
        if (left.kind() == DictView.Kind.VALUES || right.kind() == DictView.Kind.VALUES) {
            throw Failure.type("'" + operator + "' not supported between instances of '" + Types.name(left) + "' and '"
                    + Types.name(right) + "'");
        }
        DictView small = operator.startsWith("<") ? left : right;
        DictView large = operator.startsWith("<") ? right : left;
        int sizes = Integer.compare(small.dict().size(), large.dict().size());
        if (sizes > 0 || (sizes == 0 && operator.length() == 1)) {
            return false;
        }
        for (Iterator<Object> items = small.iterator(); items.hasNext(); ) {
            if (!contains(large, items.next(), budget)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String operator, int comparison) {
        return switch (operator) {
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            default -> comparison >= 0;
        };
    }

    public static boolean contains(Object container, Object item, Budget budget) {
        if (Types.isText(container)) {
            if (!Types.isText(item)) {
                throw Failure.type("'in <string>' requires string as left operand, not " + Types.name(item));
            }
            return Search.indexOf(container.toString(), item.toString(), 0) >= 0;
        }
        if (container instanceof DictValue dict) {
            return dict.get(item) != null;
        }
        if (container instanceof DictView view && view.kind() == DictView.Kind.KEYS) {
            return view.dict().get(item) != null;
        }
        if (container instanceof DictView view && view.kind() == DictView.Kind.ITEMS) {
            if (!(item instanceof TupleValue pair) || pair.size() != 2) {
                return false;
            }
            Object value = view.dict().get(pair.get(0));
            return value != null && alike(pair.get(1), value, budget);
        }
        if (container instanceof RangeValue range && Types.isNumber(item)) {
            if (item instanceof Double real && !Numbers.isIntegral(real)) {
                return false;
            }
            Object number = item instanceof Double real ? Numbers.toInteger(real) : item;
            return !(number instanceof BigInteger) && range.contains(Numbers.small(number));
        }
        if (!Iteration.possible(container)) {
            throw Failure.type("argument of type '" + Types.name(container) + "' is not iterable");
        }
        for (Iterator<Object> items = Iteration.of(container); items.hasNext(); ) {
            budget.step();
            if (alike(items.next(), item, budget)) {
                return true;
            }
        }
        return false;
    }
}
