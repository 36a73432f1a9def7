package io.faradaybridge.configuration;

import com.fasterxml.jackson.annotation.JsonValue;
import io.faradaybridge.tables.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code project_switch}: in which directions the bridge does not work for a project. It is read together with
 * the configuration, before any work is taken, so what is switched off waits.
 *
 * <p>A direction that is switched on again, or whose project was out of touch with Jira for long, first asks: until it is
 * known how much would change, and a user has agreed if it is much.
 */
@Component
public class ProjectSwitches {

    private static final Logger log = LoggerFactory.getLogger(ProjectSwitches.class);

    private final JdbcClient jdbc;
    private final CatchUpSettings settings;

    ProjectSwitches(JdbcClient jdbc, CatchUpSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    public enum State {
        ON,
        OFF,
        /** Nothing is changed in the direction until what a pause has left is counted and, if it is much, agreed to. */
        ASKING;

        /** The name in the table and in the API. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One direction of a project.
     *
     * @param username who switched it; null if the bridge itself noticed a long pause
     * @param reason why it asks, as a sentence; empty if a user switched it
     * @param counted whether everything that the pause left has been looked at
     */
    public record Switch(
            String project,
            Direction direction,
            State state,
            Instant since,
            @Nullable String username,
            String reason,
            boolean counted) {}

    /** The directions that are not on, by project. Projects that were out of touch with Jira for long ask from now on. */
    Map<String, Set<Direction>> closed(Collection<String> atWork) {
        if (atWork.isEmpty()) {
            return Map.of();
        }
        askAfterLongPause(atWork);
        Map<String, Set<Direction>> closed = new HashMap<>();
        for (Switch one : all()) {
            if (one.state() != State.ON) {
                closed.computeIfAbsent(one.project(), key -> EnumSet.noneOf(Direction.class))
                        .add(one.direction());
            }
        }
        return closed;
    }

    /**
     * The start of the last complete sweep tells until when the bridge was in touch with Jira. Where only the sweep
     * fails, older links still settle; newer ones may be made without Jira's changes being known, as after a restore. A
     * user's yes counts for as long again. What asks already and was counted before such a pause asks anew.
     */
    private void askAfterLongPause(Collection<String> projects) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.project_switch AS s (project_key, direction, state, reason)
            SELECT substr(r.name, 7), d.direction, 'asking',
                   'the bridge was out of touch with Jira from '
                     || to_char(to_timestamp((r.value ->> 'started')::float8) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')
                     || ' to ' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' (UTC)'
              FROM faraday_bridge.runtime_state r, unnest(ARRAY['faraday-to-jira', 'jira-to-faraday']) AS d (direction)
             WHERE r.name = ANY (:sweeps)
               AND to_timestamp((r.value ->> 'started')::float8) < now() - :after * interval '1 second'
               AND NOT EXISTS (SELECT FROM faraday_bridge.project_switch p
                                WHERE p.project_key = substr(r.name, 7) AND p.direction = d.direction
                                  AND (p.state = 'off' OR p.since > now() - :after * interval '1 second'))
               AND NOT EXISTS (SELECT FROM faraday_bridge.issue_link l
                                WHERE l.project_key = substr(r.name, 7) AND l.ended_at IS NULL
                                  AND l.created_at < to_timestamp((r.value ->> 'started')::float8)
                                  AND l.settled_at > now() - :after * interval '1 second')
            ON CONFLICT (project_key, direction) DO UPDATE
               SET state = 'asking', since = now(), username = NULL, reason = excluded.reason, counted = false
             WHERE s.state <> 'off'
            RETURNING s.project_key, s.direction, s.reason""")
                .param("sweeps", projects.stream().map(key -> "sweep:" + key).toArray(String[]::new), Types.ARRAY)
                .param("after", settings.after().toSeconds())
                .query((ResultSet row) -> log.warn(
                        "{}, {}: {}; nothing is changed in this direction until it is counted what would be",
                        row.getString("project_key"),
                        row.getString("direction"),
                        row.getString("reason")));
    }

    public List<Switch> all() {
        return jdbc.sql("SELECT * FROM faraday_bridge.project_switch ORDER BY project_key, direction")
                .query(ProjectSwitches::read)
                .list();
    }

    public List<Switch> of(String project) {
        return all().stream().filter(one -> one.project().equals(project)).toList();
    }

    /** Joins the caller's transaction, which then calls {@link IntegrationConfigurationSource#changed}. */
    public void set(String project, Direction direction, State state, String username) {
        jdbc.sql("""
            INSERT INTO faraday_bridge.project_switch (project_key, direction, state, username)
            VALUES (:project, :direction, :state, :username)
            ON CONFLICT (project_key, direction) DO UPDATE
               SET state = excluded.state, since = now(), username = excluded.username, reason = '', counted = false""")
                .param("project", project)
                .param("direction", direction.label())
                .param("state", state.label())
                .param("username", username)
                .update();
    }

    /** Everything that the pause left has been looked at. @return false if it was known, or does not ask any more */
    public boolean counted(Switch asking) {
        return asking("""
            UPDATE faraday_bridge.project_switch SET counted = true
             WHERE project_key = :project AND direction = :direction AND state = 'asking' AND since = :since
               AND NOT counted""", asking);
    }

    /** There is little to change, so nobody has to agree. */
    public boolean open(Switch asking) {
        return asking("""
            UPDATE faraday_bridge.project_switch SET state = 'on', since = now(), reason = '', counted = false
             WHERE project_key = :project AND direction = :direction AND state = 'asking' AND since = :since""", asking);
    }

    private boolean asking(String update, Switch asking) {
        return jdbc.sql(update)
                        .param("project", asking.project())
                        .param("direction", asking.direction().label())
                        .param("since", Timestamp.from(asking.since()))
                        .update()
                == 1;
    }

    /** When the last sweep ended; empty if it began before the direction asked, so that it does not tell all of the pause. */
    public Optional<Instant> swept(Switch asking) {
        return jdbc.sql("""
            SELECT updated_at FROM faraday_bridge.runtime_state
             WHERE name = 'sweep:' || :project AND to_timestamp((value ->> 'started')::float8) >= :since""")
                .param("project", asking.project())
                .param("since", Timestamp.from(asking.since()))
                .query((row, n) -> Columns.instant(row, "updated_at"))
                .optional();
    }

    /** Whether one of the projects asks, and only a sweep can tell what happened in Jira before. */
    public boolean awaitSweep(Collection<String> projects) {
        return all().stream()
                .anyMatch(one -> one.state() == State.ASKING
                        && one.direction() != Direction.EXPORT
                        && projects.contains(one.project())
                        && swept(one).isEmpty());
    }

    /** Joins the transaction that removes the project. */
    public void forget(String project) {
        jdbc.sql("DELETE FROM faraday_bridge.project_switch WHERE project_key = :project")
                .param("project", project)
                .update();
    }

    /** Joins the transaction that gives the project the key that Jira has given it. */
    public void rename(String from, String to) {
        jdbc.sql("UPDATE faraday_bridge.project_switch SET project_key = :to WHERE project_key = :from")
                .param("to", to)
                .param("from", from)
                .update();
    }

    private static Switch read(ResultSet row, int number) throws SQLException {
        return new Switch(
                row.getString("project_key"),
                Direction.of(row.getString("direction")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Columns.instant(row, "since"),
                row.getString("username"),
                row.getString("reason"),
                row.getBoolean("counted"));
    }
}
