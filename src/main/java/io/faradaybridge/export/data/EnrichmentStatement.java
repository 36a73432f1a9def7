package io.faradaybridge.export.data;

import io.faradaybridge.RouteFiles;
import io.faradaybridge.fields.TemplateExamples;
import io.faradaybridge.workflow.VulnerabilityModel;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The enrichment SQL outside an export: examples of what templates see, with the columns that an operator added, and the data
 * of a single vulnerability.
 */
@Component
class EnrichmentStatement implements TemplateExamples, VulnerabilityModel {

    private static final Logger log = LoggerFactory.getLogger(EnrichmentStatement.class);
    private static final String IDS = ":?ids";

    private final RouteFiles files;
    private final VulnerabilityView view;
    private final JdbcTemplate jdbc;

    EnrichmentStatement(RouteFiles files, VulnerabilityView view, JdbcTemplate jdbc) {
        this.files = files;
        this.view = view;
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, Map<String, @Nullable Object>> bySeverity() {
        try {
            List<String> columns =
                    jdbc.query(files.text("export-vulnerability.sql").replace(IDS, "?"), this::forNone, this::columns);
            return columns == null ? Map.of() : view.examples(columns);
        } catch (DataAccessException | IOException e) {
            log.warn("Templates cannot be tried before they are saved: export-vulnerability.sql fails", e);
            return Map.of();
        }
    }

    @Override
    public Optional<Map<String, @Nullable Object>> of(int vulnerabilityId) {
        try {
            String one = files.text("export-vulnerability.sql").replace(IDS, "'" + vulnerabilityId + "'");
            return Optional.ofNullable(view.read(jdbc.queryForList(one)).get(vulnerabilityId));
        } catch (DataAccessException | IOException e) {
            log.warn("Vulnerability {} cannot be read, since export-vulnerability.sql fails", vulnerabilityId, e);
            return Optional.empty();
        }
    }

    /** Without ids it finds no row, but all columns. */
    private void forNone(PreparedStatement statement) throws SQLException {
        int parameters = statement.getParameterMetaData().getParameterCount();
        for (int i = 1; i <= parameters; i++) {
            statement.setString(i, "");
        }
    }

    private List<String> columns(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        return names;
    }
}
