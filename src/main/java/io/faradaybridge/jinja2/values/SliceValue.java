package io.faradaybridge.jinja2.values;

import io.faradaybridge.jinja2.text.Failure;

/**
 * The inside of brackets with colons. Parts that are not written are None.
 */
public record SliceValue(Object start, Object stop, Object step) {

    /** A slice laid over something of a length: {@code count} items from {@code first} on, {@code stride} apart. */
    public record Range(int first, int stride, int count) {}

    public Range over(int length) {
        long stride = step == None.NONE ? 1 : index(step);
        if (stride == 0) {
            throw Failure.value("slice step cannot be zero");
        }
        long lowest = stride < 0 ? -1 : 0;
        long highest = stride < 0 ? length - 1 : length;
        long from = start == None.NONE ? (stride < 0 ? highest : lowest) : clamp(index(start), length, lowest, highest);
        long to = stop == None.NONE ? (stride < 0 ? lowest : highest) : clamp(index(stop), length, lowest, highest);
        long distance = stride > 0 ? to - from : from - to;
        long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(stride) + 1;
        return new Range(
                (int) from, (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, stride)), (int) count);
    }

    private static long clamp(long index, int length, long lowest, long highest) {
        long absolute = index < 0 ? index + length : index;
        return Math.max(lowest, Math.min(highest, absolute));
    }

    private static long index(Object value) {
        if (!Types.isInteger(value)) {
            throw Failure.type("slice indices must be integers or None or have an __index__ method");
        }
        // Beyond any length all numbers are alike.
        return Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Numbers.saturated(value)));
    }
}
