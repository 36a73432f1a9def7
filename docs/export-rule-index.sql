-- Optional: an index on Faraday's table of vulnerabilities, for export rules beside a very large Faraday. Run it as the owner of
-- the table, outside a transaction: psql faraday -f export-rule-index.sql. Reading and writing go on meanwhile. If it was
-- interrupted, drop the index and run it again. To remove it: DROP INDEX CONCURRENTLY vulnerability_export_rule.
CREATE INDEX CONCURRENTLY IF NOT EXISTS vulnerability_export_rule
    ON vulnerability (workspace_id, severity, create_date)
 WHERE confirmed AND status IN ('open', 're-opened') AND issuetracker = '' AND NOT disassociated_manually;
