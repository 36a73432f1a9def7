-- A workspace's counters, counted anew one by one; "closed" means closed or risk-accepted, "open" the other two.
-- Written apart from the service's own counting, so that one can check the other.
DO $$
DECLARE
    counter record;
BEGIN
    FOR counter IN
        WITH vulnerabilities (name, condition) AS (
            SELECT * FROM (VALUES
                ('web', 'v.type = ''vulnerability_web'''),
                ('code', 'v.type = ''vulnerability_code'''),
                ('standard', 'v.type = ''vulnerability''')) types
            UNION ALL
            SELECT label, format('v.severity = %L', label)
            FROM unnest(ARRAY['critical', 'high', 'medium', 'low', 'informational', 'unclassified']) label),
        statuses (name, condition) AS (VALUES
            ('open', 'v.status IN (''open'', ''re-opened'')'),
            ('closed', 'v.status IN (''closed'', ''risk-accepted'')'),
            ('re_opened', 'v.status = ''re-opened'''),
            ('risk_accepted', 'v.status = ''risk-accepted''')),
        of_vulnerabilities (name, condition) AS (
            SELECT name, condition FROM vulnerabilities
            UNION ALL SELECT name, condition FROM statuses
            UNION ALL SELECT name || '_notclosed', condition || ' AND v.status IN (''open'', ''re-opened'')' FROM vulnerabilities
            UNION ALL SELECT 'notclosed', 'v.status IN (''open'', ''re-opened'')')
        SELECT format('vulnerability_%s_count', name) AS name, 'v.id' AS counted, condition FROM of_vulnerabilities
        UNION ALL SELECT format('vulnerability_%s_confirmed_count', name), 'v.id', condition || ' AND v.confirmed' FROM of_vulnerabilities
        UNION ALL SELECT 'vulnerability_total_count', 'v.id', 'true'
        UNION ALL SELECT 'vulnerability_confirmed_count', 'v.id', 'v.confirmed'
        UNION ALL
        SELECT asset.name || of.name, asset.counted, of.condition
        FROM (VALUES ('host', 'coalesce(v.host_id, s.host_id)'), ('service', 'v.service_id')) asset (name, counted),
             (VALUES ('_confirmed_count', 'v.confirmed'),
                     ('_notclosed_count', 'v.status IN (''open'', ''re-opened'')'),
                     ('_notclosed_confirmed_count', 'v.status IN (''open'', ''re-opened'') AND v.confirmed')) of (name, condition)
    LOOP
        EXECUTE format('UPDATE workspace w SET %I = (SELECT count(DISTINCT %s) FROM vulnerability v '
                    || 'LEFT JOIN service s ON s.id = v.service_id WHERE v.workspace_id = w.id AND %s)',
                       counter.name, counter.counted, counter.condition);
    END LOOP;
END $$;

UPDATE workspace w SET
    host_count = (SELECT count(*) FROM host WHERE workspace_id = w.id),
    total_service_count = (SELECT count(*) FROM service WHERE workspace_id = w.id),
    open_service_count = (SELECT count(*) FROM service WHERE workspace_id = w.id AND status = 'open');

UPDATE host h SET
    (vulnerability_critical_generic_count, vulnerability_high_generic_count, vulnerability_medium_generic_count,
     vulnerability_low_generic_count, vulnerability_info_generic_count, vulnerability_unclassified_generic_count) =
    (SELECT count(*) FILTER (WHERE severity = 'critical'), count(*) FILTER (WHERE severity = 'high'),
            count(*) FILTER (WHERE severity = 'medium'), count(*) FILTER (WHERE severity = 'low'),
            count(*) FILTER (WHERE severity = 'informational'), count(*) FILTER (WHERE severity = 'unclassified')
     FROM vulnerability v LEFT JOIN service s ON s.id = v.service_id
     WHERE coalesce(v.host_id, s.host_id) = h.id);
