package io.faradaybridge.tables;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Deletes many old rows in turns, so that no transaction is long and several replicas may do it at once. */
public final class Purge {

    private Purge() {}

    /**
     * Repeats a statement until nothing is left for it.
     *
     * @param delete deletes {@code :many} rows at most, and skips those that somebody has locked
     */
    public static void inTurns(StatementSpec delete, int many) {
        StatementSpec turn = delete.param("many", many);
        int deleted;
        do {
            deleted = turn.update();
        } while (deleted == many);
    }
}
