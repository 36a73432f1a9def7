package io.faradaybridge.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Work with the database that must end in time, on the thread that asks for it. Another thread ends it: first by a request to
 * PostgreSQL, so that no statement waits there for a lock when nobody waits for its answer, then by cutting the connection.
 */
public final class TimedWork implements AutoCloseable {

    private static final ThreadLocal<TimedWork> OF_THREAD = new ThreadLocal<>();

    private final long begun = System.nanoTime();
    private volatile @Nullable Connection connection;
    private volatile boolean late;
    private volatile boolean ended;

    private TimedWork() {}

    /** Everything that this thread asks of the database until {@link #close} belongs to it. */
    public static TimedWork begin() {
        TimedWork work = new TimedWork();
        OF_THREAD.set(work);
        return work;
    }

    /**
     * Called by the data source with each connection that it hands out.
     *
     * @throws SQLTimeoutException if it is for work whose time is over
     */
    public static void uses(Connection connection) throws SQLException {
        TimedWork work = OF_THREAD.get();
        if (work == null) {
            return;
        }
        work.connection = connection;
        if (work.late) {
            throw new SQLTimeoutException("The time for this work is over");
        }
    }

    public long nanos() {
        return System.nanoTime() - begun;
    }

    /** Whether somebody has tried to end it. */
    public boolean late() {
        return late;
    }

    /**
     * Asks PostgreSQL to end the statement that it works on for this thread. One that begins on the same connection in that
     * moment may be ended instead, as PostgreSQL knows only connections; it fails like any other.
     */
    public void cancel() throws SQLException {
        late = true;
        Connection used = connection;
        if (!ended && used != null && !used.isClosed()) {
            used.unwrap(PGConnection.class).cancelQuery();
        }
    }

    /** Cuts the connection, for a database that does not react. */
    public void cut() throws SQLException {
        late = true;
        Connection used = connection;
        if (!ended && used != null && !used.isClosed()) {
            used.abort(Runnable::run);
        }
    }

    @Override
    public void close() {
        OF_THREAD.remove();
        ended = true;
    }
}
