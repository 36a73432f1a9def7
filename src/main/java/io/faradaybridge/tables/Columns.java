package io.faradaybridge.tables;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Columns as Java has them: times that were read, and the parameters of a statement that writes many rows at once. */
public final class Columns {

    private Columns() {}

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The elements of an array; none if it is null. @param form such as {@code Long[].class} */
    public static <T> List<T> list(ResultSet row, String column, Class<T[]> form) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of(form.cast(array.getArray()));
    }

    /** One value of each row, in the order of the rows, for {@code unnest}. */
    public static <R, T extends @Nullable Object> T[] column(
            Collection<R> rows, Function<? super R, ? extends T> value, IntFunction<T[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
