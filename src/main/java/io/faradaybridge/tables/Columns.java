package io.faradaybridge.tables;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that writes many rows at once, by {@code unnest}. */
public final class Columns {

    private Columns() {}

    /** One value of each row, in the order of the rows. */
    public static <R, T extends @Nullable Object> T[] column(
            Collection<R> rows, Function<? super R, ? extends T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
