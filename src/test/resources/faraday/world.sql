-- Who works with this Faraday, on what. Each password is the username (bcrypt, as Faraday stores it).

INSERT INTO faraday_user (id, username, name, password, email, active, user_type, state_otp, fs_uniquifier,
                          last_login_ip, current_login_ip, login_count, preferences)
SELECT id, username, name, password, username || '@faraday.example', active, user_type::user_types,
       state_otp::user_otp_states, md5('faraday-sandbox-' || username), '127.0.0.1', '127.0.0.1', 1, '{}'
FROM (VALUES
    (1, 'faraday', 'Administrator', '$2b$06$Yd1XocPL5d7g/ikqto.jgOihcOBWWaxptFcMI7MtG78n6awrYOyyC', true, 'local', 'disabled'),
    (2, 'assetowner', 'Olivia Owner', '$2b$06$i7ZsOj.X1.8sSJPtdoO5NetquIRU3uGHHHXxWFIzqc4WM6aFpxVJG', true, 'local', 'disabled'),
    (3, 'pentester', 'Petra Pentester', '$2b$06$mbcqIh4DWH37gIaGkqo3p.fSJgNXZSgo94FMUPXYw4uFKCX4bECDS', true, 'local', 'disabled'),
    (4, 'client', 'Clara Client', '$2b$06$.8k.0Y5.11Zp1gV2qZxVD.YND.F1byb3j5Jw5pEWBS7ShI5xGD.em', true, 'local', 'disabled'),
    (5, 'former', 'Felix Former', '$2b$06$ensFYrJcM6bRRL1yTlZSEuuogOWh3fqiRTh3VHYsT3qH2dh1fZwqa', false, 'local', 'disabled'),
    (6, 'outsider', 'Oskar Outsider', '$2b$06$ZsrT/sKpDrPNmUsppDF1D.bRfJfSIu1FJSBpgd6Kxb3YqHEnxeB/y', true, 'local', 'disabled'),
    (7, 'directory', 'Dora Directory', NULL, true, 'ldap', 'disabled'),
    (8, 'twofactor', 'Tom Twofactor', '$2b$06$cnkEnGc6NBBTUWxsADmhbuJazugtwV1i77wWWBLzsSv0XUslGYK5.', true, 'local', 'confirmed'))
    AS person (id, username, name, password, active, user_type, state_otp);

INSERT INTO roles_users (user_id, role_id) VALUES (1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (7, 3), (8, 3);

INSERT INTO user_token (user_id, token, alias, scope, expires_at, revoked, hide, create_date, creator_id)
SELECT user_id, token, alias, scope::token_scopes, expires_at::timestamp, revoked, hide, timestamp '2025-11-03 09:00', user_id
FROM (VALUES
    (1, 'sandbox-jira-token-of-faraday', 'Jira Automation', 'jira', NULL, false, false),
    (2, 'sandbox-jira-token-of-assetowner', 'Jira Automation', 'jira', NULL, false, false),
    (3, 'sandbox-jira-token-of-pentester', 'Jira Automation', 'jira', '2099-12-31 00:00', false, false),
    (4, 'sandbox-jira-token-of-client', 'Jira Automation', 'jira', NULL, false, false),
    (5, 'sandbox-jira-token-of-former', 'Jira Automation', 'jira', NULL, false, false),
    (6, 'sandbox-jira-token-of-outsider', 'Jira Automation', 'jira', NULL, false, false),
    (1, 'sandbox-jira-token-expired', 'last year''s', 'jira', '2025-01-31 00:00', false, false),
    (1, 'sandbox-jira-token-revoked', 'leaked', 'jira', NULL, true, true),
    (1, 'sandbox-gitlab-token', 'GitLab', 'gitlab', NULL, false, false))
    AS token (user_id, token, alias, scope, expires_at, revoked, hide);

INSERT INTO workspace
SELECT workspace.*
FROM (SELECT jsonb_object_agg(column_name, 0) AS zeros
      FROM information_schema.columns WHERE table_name = 'workspace' AND column_name LIKE '%\_count') counters,
     (VALUES
         (1, 'acme-external', 'ACME', 'Everything ACME shows to the Internet', true, false, false, 3),
         (2, 'acme-internal', 'ACME', 'Offices and data centre', true, false, false, 2),
         (3, 'shop-app', 'ACME Shop', 'The web shop before its release', true, false, false, 3),
         (4, 'archive-2023', 'ACME', 'Last assessment, kept for comparison', true, true, false, 0),
         (5, 'retired', 'Initech', 'Customer left', false, false, false, 0),
         (6, 'public-lab', 'Internal', 'Training ground, open to everybody', true, false, true, 0))
         AS ws (id, name, customer, description, active, readonly, public, importance),
     jsonb_populate_record(NULL::workspace, zeros || jsonb_build_object(
    'id', id, 'name', ws.name, 'customer', customer, 'description', description, 'active', active, 'readonly', readonly,
    'public', public, 'force_lowercase_assets', false, 'risk_history_total', '[]'::jsonb, 'risk_history_avg', '[]'::jsonb,
    'importance', importance, 'creator_id', 1,
    'create_date', '2025-09-01 08:00', 'update_date', '2025-11-20 16:30', 'start_date', '2025-09-01', 'end_date', '2026-08-31')) workspace;

-- The administrator needs no membership; the outsider has none.
INSERT INTO workspace_permission_association (workspace_id, user_id)
VALUES (1, 2), (1, 3), (1, 4), (1, 5), (1, 7), (1, 8), (2, 3), (3, 2), (3, 3), (4, 3), (5, 3);

INSERT INTO host (id, ip, description, os, owned, default_gateway_ip, default_gateway_mac, mac, net_segment,
                  workspace_id, importance, creator_id, create_date, update_date)
SELECT id, ip, description, os, false, '', '', '', '', workspace_id, importance, 3, '2025-09-02 10:00', '2025-09-02 10:00'
FROM (VALUES
    (1, '198.51.100.10', 'Web front end', 'Debian 12', 1, 3),
    (2, '198.51.100.25', 'Mail', 'Windows Server 2016', 1, 2),
    (3, '203.0.113.7', 'Remote access', 'FortiOS 7.0', 1, 3),
    (4, '10.20.0.5', 'Domain controller', 'Windows Server 2019', 2, 3),
    (5, '10.20.0.18', 'Order database', 'Ubuntu 22.04', 2, 3),
    (6, '10.20.1.40', 'Printer, second floor', 'unknown', 2, 0),
    (7, '192.0.2.80', 'Staging', 'Debian 12', 3, 1),
    (8, '198.51.100.10', 'Web front end in 2023', 'Debian 10', 4, 0),
    (9, '192.0.2.200', 'File drop', 'CentOS 7', 5, 0),
    (10, '10.99.0.1', 'Vulnerable on purpose', 'Ubuntu 20.04', 6, 0))
    AS asset (id, ip, description, os, workspace_id, importance);

INSERT INTO hostname (name, host_id, workspace_id, creator_id, create_date)
SELECT name, host_id, h.workspace_id, 3, '2025-09-02 10:00'
FROM (VALUES ('www.acme.example', 1), ('shop.acme.example', 1), ('mail.acme.example', 2), ('vpn.acme.example', 3),
             ('dc01.acme.internal', 4), ('db01.acme.internal', 5), ('staging.shop.example', 7), ('www.acme.example', 8),
             ('files.initech.example', 9)) AS known (name, host_id)
JOIN host h ON h.id = host_id
ORDER BY host_id, name;

INSERT INTO service (id, name, description, port, owned, protocol, status, version, banner, host_id, workspace_id,
                     creator_id, create_date)
SELECT seen.id, name, '', port, false, protocol, status::service_statuses, version, '', host_id, h.workspace_id, 3, '2025-09-02 10:05'
FROM (VALUES
    (1, 'http', 80, 'tcp', 'open', 'nginx 1.22.1', 1), (2, 'https', 443, 'tcp', 'open', 'nginx 1.22.1', 1),
    (3, 'smtp', 25, 'tcp', 'open', 'Microsoft ESMTP', 2), (4, 'https', 443, 'tcp', 'open', 'Microsoft IIS 10.0', 2),
    (5, 'https', 443, 'tcp', 'open', 'FortiGate SSL VPN', 3), (6, 'isakmp', 500, 'udp', 'open', '', 3),
    (7, 'ldap', 389, 'tcp', 'open', 'Active Directory', 4), (8, 'microsoft-ds', 445, 'tcp', 'open', 'SMB 3.1.1', 4),
    (9, 'postgresql', 5432, 'tcp', 'open', '14.2', 5), (10, 'ssh', 22, 'tcp', 'open', 'OpenSSH 9.1p1', 5),
    (11, 'jetdirect', 9100, 'tcp', 'filtered', '', 6), (12, 'https', 443, 'tcp', 'open', 'Apache Tomcat 9.0.50', 7),
    (13, 'https-alt', 8443, 'tcp', 'open', 'Jenkins 2.303', 7), (14, 'https', 443, 'tcp', 'open', 'nginx 1.14.2', 8),
    (15, 'ftp', 21, 'tcp', 'closed', 'vsftpd 2.3.4', 9), (16, 'http', 80, 'tcp', 'open', 'Apache 2.4.41', 10))
    AS seen (id, name, port, protocol, status, version, host_id)
JOIN host h ON h.id = host_id;

INSERT INTO source_code (id, filename, function, module, workspace_id, creator_id, create_date)
VALUES (1, 'src/main/java/shop/Uploads.java', 'store', 'shop', 3, 3, '2025-09-02 10:10');

INSERT INTO custom_fields_schema (id, field_name, field_type, field_metadata, field_display_name, field_order, table_name) VALUES
    (1, 'business_owner', 'str', NULL, 'Business owner', 1, 'vulnerability'),
    (2, 'days_to_fix', 'int', NULL, 'Days to fix', 2, 'vulnerability'),
    (3, 'environment', 'choice', '["production", "staging", "test"]', 'Environment', 3, 'vulnerability'),
    (4, 'affected_teams', 'list', NULL, 'Affected teams', 4, 'vulnerability'),
    (5, 'due', 'date', NULL, 'Due date', 5, 'vulnerability');

SELECT setval(pg_get_serial_sequence(name, 'id'), 1000)
FROM unnest(ARRAY['faraday_user', 'workspace', 'host', 'service', 'source_code', 'custom_fields_schema']) name;
