-- A workspace as large as one likes, for measuring: pg_temp.grow(vulnerabilities), then pg_temp.link(links, step) for as many of
-- them, one after each step, whose issues no Jira has. They are in step, so nobody asks for those.
CREATE OR REPLACE FUNCTION pg_temp.grow(vulnerabilities integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    empty_texts text;
BEGIN
    INSERT INTO host (id, ip, description, os, owned, default_gateway_ip, default_gateway_mac, mac, net_segment, workspace_id)
    SELECT 1000000 + n, '10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256, '', 'Linux', false, '', '', '', '', 1
      FROM generate_series(0, vulnerabilities / 200) n;
    INSERT INTO service (id, name, description, port, owned, protocol, status, version, banner, host_id, workspace_id)
    SELECT 1000000 + n, 'http', '', n % 10, false, 'tcp', 'open', '', '', 1000000 + n / 10, 1
      FROM generate_series(0, vulnerabilities / 20) n;
    SELECT string_agg(column_name, ', ') INTO empty_texts FROM information_schema.columns
     WHERE table_name = 'vulnerability' AND table_schema = 'public' AND is_nullable = 'NO' AND data_type = 'text'
       AND column_name NOT IN ('name', 'description', 'resolution');
    EXECUTE format($insert$
        INSERT INTO vulnerability (id, type, name, description, resolution, status, confirmed, severity, workspace_id, service_id,
               impact_accountability, impact_availability, impact_confidentiality, impact_integrity, disassociated_manually,
               create_date, update_date, %s)
        SELECT 1000000 + n, 'vulnerability', 'Outdated component no. ' || n,
               repeat('Component ' || n || ' has known weaknesses. ', 12), 'Update the component.',
               (ARRAY['open', 'open', 'closed', 're-opened', 'risk-accepted'])[1 + n %% 5]::vulnerability_statuses, n %% 3 > 0,
               (ARRAY['critical', 'high', 'medium', 'low', 'informational', 'unclassified'])[1 + n %% 6]::vulnerability_severity,
               1, 1000000 + n / 20, false, false, true, false, false, now(), now(), %s
          FROM generate_series(0, $1 - 1) n$insert$,
        empty_texts, (SELECT string_agg($q$''$q$, ', ') FROM regexp_split_to_table(empty_texts, ', '))) USING vulnerabilities;
    RETURN vulnerabilities;
END $$;

CREATE OR REPLACE FUNCTION pg_temp.link(links integer, step integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    UPDATE vulnerability SET issuetracker = 'SEC-' || id WHERE id >= 1000000 AND id % step = 0 AND id < 1000000 + step * links;
    INSERT INTO faraday_bridge.issue_link (vulnerability_id, workspace_id, project_key, issue_type, issue_id, issue_key,
           faraday_status, jira_status_id, jira_status_name)
    SELECT id, workspace_id, 'SEC', 'Bug', 'large-' || id, issuetracker, status::text,
           CASE WHEN status IN ('open', 're-opened') THEN '1' ELSE '3' END,
           CASE WHEN status IN ('open', 're-opened') THEN 'To Do' ELSE 'Done' END
      FROM vulnerability WHERE issuetracker = 'SEC-' || id AND id >= 1000000;
    RETURN links;
END $$;
