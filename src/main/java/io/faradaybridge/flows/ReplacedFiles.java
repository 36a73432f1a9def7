package io.faradaybridge.flows;

import io.faradaybridge.RouteFiles;
import io.faradaybridge.tables.Columns;
import io.faradaybridge.tables.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code replaced_file}: in place of which shipped file each file of the operator was first used. A file that
 * has not changed since, while the shipped one has, was left behind by an upgrade.
 */
@Component("replacedFiles")
public class ReplacedFiles {

    private final JdbcClient jdbc;
    private final RouteFiles files;

    ReplacedFiles(JdbcClient jdbc, RouteFiles files) {
        this.jdbc = jdbc;
        this.files = files;
    }

    /** @param shipped the shipped file as it was then */
    record FirstUse(String shipped, Instant at) {}

    /** Each text of each file counts from when any replica used it first. */
    public void note() throws IOException {
        for (RouteFiles.InUse file : files.inUse()) {
            String shipped = file.shipped();
            if (file.own() && shipped != null) {
                jdbc.sql("""
                    INSERT INTO faraday_bridge.replaced_file (name, own_hash, shipped) VALUES (:name, :hash, :shipped)
                    ON CONFLICT DO NOTHING""")
                        .param("name", file.name())
                        .param("hash", Sha256.hex(file.text()))
                        .param("shipped", shipped)
                        .update();
            }
        }
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
