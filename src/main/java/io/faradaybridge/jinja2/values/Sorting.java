package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Budget;
import java.util.ArrayList;
import java.util.List;

/** Python's sorted(): stable, and asking only for &lt;, so that it fails for the same items. */
public final class Sorting {

    private record Keyed(Object key, Object item) {}

    private Sorting() {}

    /** @param keys one for each item */
    public static List<Object> sorted(List<Object> items, List<Object> keys, boolean reverse, Budget budget) {
        budget.elements(4L * items.size());
        List<Keyed> keyed = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            int from = reverse ? items.size() - 1 - i : i;
            keyed.add(new Keyed(keys.get(from), items.get(from)));
        }
        Keyed[] sorted = keyed.toArray(new Keyed[0]);
        merge(sorted, sorted.clone(), 0, sorted.length, budget);
        List<Object> result = new ArrayList<>(items.size());
        for (int i = 0; i < sorted.length; i++) {
            result.add(sorted[reverse ? sorted.length - 1 - i : i].item());
        }
        return result;
    }

    private static void merge(Keyed[] target, Keyed[] source, int from, int to, Budget budget) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        merge(source, target, from, middle, budget);
        merge(source, target, middle, to, budget);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight = left == middle;
            if (left < middle && right < to) {
                budget.step();
                takeRight = Comparison.less(source[right].key(), source[left].key(), budget);
            }
            target[i] = takeRight ? source[right++] : source[left++];
        }
    }
}
