package io.faradaybridge.flows;

import io.faradaybridge.RouteFiles;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code replaced_file}: in place of which shipped file each file of the operator was first used. A file that
 * has not changed since, while the shipped one has, was left behind by an upgrade.
 */
@Component("replacedFiles")
public class ReplacedFiles {

    private static final Logger log = LoggerFactory.getLogger(ReplacedFiles.class);

    private final JdbcClient jdbc;
    private final RouteFiles files;
    /** As they were noted last; a look at the health asks no database. */
    private final Map<String, Boolean> leftBehind = new ConcurrentHashMap<>();

    ReplacedFiles(JdbcClient jdbc, RouteFiles files) {
        this.jdbc = jdbc;
        this.files = files;
    }

    /** @param shipped the shipped file as it was then */
    record FirstUse(String shipped, Instant at) {}

    /** @param leftBehind null if it replaces none, or that was not noted yet */
    public record State(
            String name, Source source, @Nullable Boolean leftBehind) {}

    /** The files in use. */
    public List<State> states() {
        try {
            return files.inUse().stream()
                    .map(file ->
                            new State(file.name(), Source.of(file), file.own() ? leftBehind.get(file.name()) : null))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The route files cannot be read", e);
        }
    }

    /**
     * Each text of each file counts from when any replica used it first. A copy that was left behind and is changed stays
     * so, until it has taken over something of what the upgrade changed.
     */
    public void note() throws IOException {
        for (RouteFiles.InUse file : files.inUse()) {
            String shipped = file.shipped();
            if (file.own() && shipped != null) {
                String before = latest(file.name())
                        .filter(then -> !Upgrade.isTakenOver(then, shipped, file.text()))
                        .orElse(shipped);
                jdbc.sql("""
                    INSERT INTO faraday_bridge.replaced_file (name, own_hash, shipped) VALUES (:name, :hash, :shipped)
                    ON CONFLICT DO NOTHING""")
                        .param("name", file.name())
                        .param("hash", Sha256.hex(file.text()))
                        .param("shipped", before)
                        .update();
                tell(file);
            }
        }
    }

    /** The shipped file beside which the newest text of a file was first used. */
    private Optional<String> latest(String name) {
        return jdbc.sql("SELECT shipped FROM faraday_bridge.replaced_file WHERE name = :name"
                        + " ORDER BY first_used DESC LIMIT 1")
                .param("name", name)
                .query(String.class)
                .optional();
    }

    private void tell(RouteFiles.InUse file) {
        boolean now = Boolean.TRUE.equals(leftBehind(file));
        if (now && !Boolean.TRUE.equals(leftBehind.get(file.name()))) {
            log.warn(
                    "The route file {} was left behind by an upgrade: the shipped file has changed since yours was first"
                            + " used. Make your change anew in a copy of the present one",
                    file.name());
        }
        leftBehind.put(file.name(), now);
    }

    /** Empty if the file replaces none, or was not noted yet. */
    Optional<FirstUse> firstUse(RouteFiles.InUse file) {
        if (!file.own()) {
            return Optional.empty();
        }
        return jdbc.sql(
                        "SELECT shipped, first_used FROM faraday_bridge.replaced_file WHERE name = :name AND own_hash = :hash")
                .param("name", file.name())
                .param("hash", Sha256.hex(file.text()))
                .query((row, n) -> new FirstUse(row.getString("shipped"), Columns.instant(row, "first_used")))
                .optional();
    }

    /** Null if that is not known. */
    @Nullable
    Boolean leftBehind(RouteFiles.InUse file) {
        return firstUse(file)
                .map(first -> !first.shipped().equals(file.shipped()))
                .orElse(null);
    }
}
