package io.faradaybridge.jinja2.values;

/** Python's range: numbers that exist only when asked for. */
public record RangeValue(long start, long stop, long step) implements Sequence {

    @Override
    public int size() {
        if (step > 0 ? start >= stop : start <= stop) {
            return 0;
        }
        // Unsigned: the distance between two longs may not fit one.
        long distance = step > 0 ? stop - start : start - stop;
        long stride = Math.abs(step);
        long size = Long.divideUnsigned(distance - 1, stride) + 1;
        return size < 0 || size > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) size;
    }

    @Override
    public Object get(int index) {
        return start + index * step;
    }

    public boolean contains(long number) {
        boolean inside = step > 0 ? start <= number && number < stop : stop < number && number <= start;
        return inside && (number - start) % step == 0;
    }
}
