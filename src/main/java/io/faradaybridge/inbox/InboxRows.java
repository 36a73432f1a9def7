package io.faradaybridge.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.faradaybridge.faraday.Visibility;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Json;
import io.faradaybridge.tables.SqlClauses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows of all lists, and their groups. */
@Component
class InboxRows {

    private static final int READ_AT_ONCE = 1000;
    private static final String GROUPS = """
        SELECT g.*, r.code, r.cause, r.project
          FROM (SELECT r."group", count(*) AS n, min(r.at) AS oldest, max(r.at) AS newest, max(r.id) AS example,
                       count(*) OVER () AS groups, sum(count(*)) OVER () AS rows
                  FROM ({rows}) r GROUP BY r."group" ORDER BY 2 DESC, 1 LIMIT :most) g
          JOIN ({rows}) r ON r.id = g.example
         ORDER BY g.n DESC, g.newest DESC""";

    private final JdbcClient jdbc;

    InboxRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Rows with an equal cause.
     *
     * @param code the cause for programs; null if it has none
     * @param cause of the newest row
     * @param project of the newest row; null if it belongs to none
     * @param example the id of the newest row
     */
    record Group(
            String group,
            @Nullable String code,
            String cause,
            @Nullable String project,
            long count,
            Instant oldest,
            Instant newest,
            long example) {}

    /** @param groups the largest ones @param allGroups how many there are @param count the number of all rows */
    record Groups(List<Group> groups, long allGroups, long count) {}

    /**
     * @param at since when it waits
     * @param name the vulnerability's; null if it names none or was deleted
     * @param facts what only this list knows
     */
    record Row(
            long id,
            String group,
            Instant at,
            @Nullable String code,
            String cause,
            @Nullable String project,
            @Nullable String issueKey,
            @Nullable Integer vulnerabilityId,
            @Nullable String name,
            @Nullable String workspace,
            Map<String, String> facts) {}

    /** Which rows. @param group null for all groups @param ids null for all rows */
    record Choice(@Nullable String group, @Nullable List<Long> ids) {}

    /** The largest groups first. */
    Groups groups(InboxList list, Visibility reach, int most) {
        long[] all = new long[2];
        List<Group> groups = statement(list, new Choice(null, null), GROUPS, reach)
                .param("most", most)
                .query((row, n) -> {
                    all[0] = row.getLong("groups");
                    all[1] = row.getLong("rows");
                    return new Group(
                            row.getString("group"),
                            row.getString("code"),
                            row.getString("cause"),
                            row.getString("project"),
                            row.getLong("n"),
                            Columns.instant(row, "oldest"),
                            Columns.instant(row, "newest"),
                            row.getLong("example"));
                })
                .list();
        return new Groups(groups, all[0], all[1]);
    }

    long count(InboxList list, Choice choice, Visibility reach) {
        return statement(list, choice, "SELECT count(*) FROM ({rows}) r WHERE {chosen}", reach)
                .query(Long.class)
                .single();
    }

    /** Newest first. @param before only smaller ids */
    List<Row> page(InboxList list, Choice choice, Visibility reach, long before, int limit) {
        return statement(list, choice, """
            SELECT r.*, v.name, w.name AS workspace
              FROM (SELECT * FROM ({rows}) r WHERE {chosen} AND r.id < :before ORDER BY r.id DESC LIMIT :limit) r
              LEFT JOIN vulnerability v ON v.id = r.vulnerability_id LEFT JOIN workspace w ON w.id = v.workspace_id
             ORDER BY r.id DESC""", reach)
                .param("before", before)
                .param("limit", limit)
                .query(InboxRows::row)
                .list();
    }

    /** All rows, newest first. They are read in parts, so that a slow reader holds no connection. */
    void each(InboxList list, Choice choice, Visibility reach, Consumer<Row> reader) {
        long before = Long.MAX_VALUE;
        List<Row> part;
        do {
            part = page(list, choice, reach, before, READ_AT_ONCE);
            part.forEach(reader);
            before = part.isEmpty() ? before : part.get(part.size() - 1).id();
        } while (part.size() == READ_AT_ONCE);
    }

    /** Oldest first. */
    List<Long> ids(InboxList list, Choice choice, Visibility reach) {
        return statement(list, choice, "SELECT r.id FROM ({rows}) r WHERE {chosen} ORDER BY r.id", reach)
                .query(Long.class)
                .list();
    }

    private JdbcClient.StatementSpec statement(InboxList list, Choice choice, String statement, Visibility reach) {
        List<Long> ids = choice.ids();
        return jdbc.sql(new SqlClauses()
                        .with("rows", list.rows())
                        .with("chosen", chosen(choice))
                        .in(statement))
                .param("group", choice.group())
                .param("ids", ids == null ? new Long[0] : ids.toArray(Long[]::new), Types.ARRAY)
                .param("everywhere", reach.everywhere())
                .param("general", reach.general())
                .param("workspaces", reach.workspaceIds(), Types.ARRAY);
    }

    private static String chosen(Choice choice) {
        return (choice.group() == null ? "true" : "r.\"group\" = :group")
                + (choice.ids() == null ? "" : " AND r.id = ANY (:ids)");
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("group"),
                Columns.instant(row, "at"),
                row.getString("code"),
                row.getString("cause"),
                row.getString("project"),
                row.getString("issue_key"),
                row.getObject("vulnerability_id", Integer.class),
                row.getString("name"),
                row.getString("workspace"),
                facts(row.getString("facts")));
    }

    private static Map<String, String> facts(String json) {
        try {
            return Json.MAPPER.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The column facts holds no object of texts: " + json, e);
        }
    }
}
