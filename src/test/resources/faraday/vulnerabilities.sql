-- Forty vulnerabilities: what was found (finding), and where it stands (placement). Ids are fixed, see SampleFaraday.

CREATE TEMPORARY TABLE finding (key, type, severity, name, description, resolution, ease, cvss3, score, cves, weaknesses, policies, tags, refs, custom) AS VALUES
('log4shell', 'vulnerability', 'critical', 'Apache Log4j remote code execution (Log4Shell)',
 'The logging library resolves JNDI look-ups in logged text. Anybody whose input is logged can make the server load and run code.',
 'Update log4j-core to 2.17.1 or later. Until then remove JndiLookup.class from the jar.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10.0, '{CVE-2021-44228,CVE-2021-45046}'::text[], '{CWE-502,CWE-917}'::text[], '{PCI-DSS 6.3.3}'::text[], '{internet-facing,urgent}'::text[], '{https://nvd.nist.gov/vuln/detail/CVE-2021-44228}'::text[],
 '{"business_owner": "Shop platform", "days_to_fix": 2, "environment": "production", "affected_teams": [{"value": "platform"}, {"value": "web"}], "due": "2025-12-01"}'::jsonb),
('proxyshell', 'vulnerability', 'critical', 'Microsoft Exchange ProxyShell',
 'Three flaws of Exchange together let an attacker without an account write files and run commands as SYSTEM.', 'Install the cumulative update and look for web shells left behind.', 'moderate',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, '{CVE-2021-34473,CVE-2021-34523,CVE-2021-31207}', '{CWE-918}', '{PCI-DSS 6.3.3}', '{internet-facing}', '{https://nvd.nist.gov/vuln/detail/CVE-2021-34473}', '{"business_owner": "Workplace", "days_to_fix": 7}'),
('xortigate', 'vulnerability', 'critical', 'FortiOS SSL VPN heap overflow',
 'A heap overflow before authentication in the SSL VPN allows code execution on the gateway.', 'Update FortiOS to 7.0.12 or later, or disable the SSL VPN.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, '{CVE-2023-27997}', '{CWE-122}', '{}', '{internet-facing,urgent}', '{https://nvd.nist.gov/vuln/detail/CVE-2023-27997}', NULL),
('zerologon', 'vulnerability', 'critical', 'Netlogon elevation of privilege (Zerologon)',
 'The Netlogon handshake uses a fixed initialisation vector: the machine account''s password can be reset to nothing.', 'Install the update and enforce secure RPC.', 'moderate',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10.0, '{CVE-2020-1472}', '{CWE-330}', '{}', '{active-directory}', '{https://nvd.nist.gov/vuln/detail/CVE-2020-1472}', '{"environment": "production"}'),
('printnightmare', 'vulnerability', 'high', 'Windows Print Spooler remote code execution',
 'An authenticated user can install a driver of his own and so run code as SYSTEM.', 'Install the update; stop the spooler on domain controllers.', 'trivial',
 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 8.8, '{CVE-2021-34527}', '{CWE-269}', '{}', '{active-directory}', '{https://nvd.nist.gov/vuln/detail/CVE-2021-34527}', NULL),
('eternalblue', 'vulnerability', 'high', 'SMBv1 remote code execution (EternalBlue)',
 'A crafted SMBv1 packet runs code in the kernel.', 'Install MS17-010 and disable SMBv1.', 'simple',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', 8.1, '{CVE-2017-0144}', '{CWE-20}', '{CIS 18.3.3}', '{active-directory}', '{https://nvd.nist.gov/vuln/detail/CVE-2017-0144}', NULL),
('regresshion', 'vulnerability', 'high', 'OpenSSH signal handler race (regreSSHion)',
 'A race in the login timeout may allow code execution as root before authentication.', 'Update OpenSSH to 9.8p1, or set LoginGraceTime to 0.', 'simple',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H', 8.1, '{CVE-2024-6387}', '{CWE-364}', '{}', '{}', '{https://nvd.nist.gov/vuln/detail/CVE-2024-6387,https://www.openssh.com/security.html}', '{"days_to_fix": 30}'),
('default-password', 'vulnerability', 'critical', 'Database accepts a default password',
 'The account postgres signs in with the password "postgres" from any internal address.', 'Set a random password and restrict pg_hba.conf to the application servers.', 'trivial',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, '{}', '{CWE-1392}', '{PCI-DSS 2.2.2,CIS 5.2}', '{quick-win}', '{}', '{"business_owner": "Orders", "environment": "production"}'),
('heartbleed', 'vulnerability', 'high', 'OpenSSL information disclosure (Heartbleed)',
 'A heartbeat request returns up to 64 KiB of the server''s memory.', 'Update OpenSSL, then replace keys and certificates.', 'moderate',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5, '{CVE-2014-0160}', '{CWE-125}', '{}', '{}', '{https://nvd.nist.gov/vuln/detail/CVE-2014-0160}', NULL),
('ike-aggressive', 'vulnerability', 'medium', 'IKE aggressive mode with pre-shared key',
 'The gateway answers in aggressive mode and so gives away a hash of the key that can be attacked offline.', 'Use main mode or IKEv2 with certificates.', 'moderate',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N', 5.9, '{CVE-2002-1623}', '{CWE-326}', '{}', '{internet-facing}', '{https://nvd.nist.gov/vuln/detail/CVE-2002-1623}', NULL),
('smb-signing', 'vulnerability', 'medium', 'SMB signing not required',
 'Somebody in the network path can relay an authentication to this server.', 'Require signing by group policy.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:L/A:N', 5.3, '{}', '{CWE-347}', '{CIS 2.3.9.2}', '{active-directory,quick-win}', '{}', NULL),
('anonymous-ldap', 'vulnerability', 'medium', 'LDAP allows anonymous binds',
 'User names and groups can be read without an account.', 'Remove "Anonymous Logon" from pre-Windows 2000 compatible access.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N', 5.3, '{}', '{CWE-287}', '{}', '{active-directory}', '{}', NULL),
('old-tls', 'vulnerability', 'medium', 'TLS 1.0 and 1.1 accepted',
 'The service negotiates protocol versions deprecated since 2021.', 'Allow TLS 1.2 and 1.3 only.', 'trivial',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N', 4.8, '{}', '{CWE-326}', '{PCI-DSS 4.2.1}', '{quick-win}', '{https://datatracker.ietf.org/doc/html/rfc8996}', '{"days_to_fix": 90}'),
('expired-certificate', 'vulnerability', 'medium', 'Certificate has expired',
 'The certificate ended on 2025-08-31; users get used to clicking warnings away.', 'Renew it, and automate the renewal.', 'trivial',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N', 4.8, '{}', '{CWE-298}', '{}', '{}', '{}', NULL),
('weak-ssh', 'vulnerability', 'low', 'SSH offers weak algorithms',
 'CBC ciphers and SHA-1 message authentication are offered.', 'Restrict Ciphers and MACs in sshd_config.', 'trivial',
 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N', 3.7, '{}', '{CWE-327}', '{}', '{quick-win}', '{}', NULL),
('no-spf', 'vulnerability', 'low', 'Mail domain without SPF enforcement',
 'The SPF record ends in ~all and there is no DMARC policy: mail in the company''s name gets through.', 'Publish -all and a DMARC policy of reject.', 'simple',
 NULL, NULL, '{}', '{CWE-290}', '{}', '{}', '{}', NULL),
('banner', 'vulnerability', 'informational', 'Server tells its exact version',
 'The banner names product and version.', 'Shorten the banner.', 'trivial', NULL, NULL, '{}', '{CWE-200}', '{}', '{}', '{}', NULL),
('open-printer', 'vulnerability', 'unclassified', 'Printer port reachable from the office network',
 'Port 9100 answers from every desk; not assessed yet.', '', NULL, NULL, NULL, '{}', '{}', '{}', '{}', '{}', NULL),
('sqli', 'vulnerability_web', 'critical', 'SQL injection in the product search',
 E'The parameter q is put into a query as text. Proof:\n\n    q='' UNION SELECT version()--\n\nThe answer holds the database''s version.', 'Use bound parameters.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, '{}', '{CWE-89}', '{PCI-DSS 6.2.4}', '{internet-facing,urgent}', '{https://owasp.org/www-community/attacks/SQL_Injection}', '{"business_owner": "Shop platform", "environment": "production", "affected_teams": ["web"]}'),
('stored-xss', 'vulnerability_web', 'medium', 'Stored XSS in "Produktübersicht" <b>Überschrift</b> & {curly} 日本語',
 E'A review''s title is shown as markup: <script>alert("x")</script>, {{ 7 * 7 }}, ${7*7}, {code}x{code}, *bold*, [link|https://evil.example].\n\nBackslash \\ and tab\t survive too. 😀', 'Escape on output.', 'moderate',
 'CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N', 5.4, '{}', '{CWE-79}', '{}', '{internet-facing}', '{https://owasp.org/www-community/attacks/xss/}', '{"environment": "staging"}'),
('reflected-xss', 'vulnerability_web', 'medium', 'Reflected cross-site scripting', 'The error page repeats the path unescaped.', 'Escape on output, set a content security policy.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1, '{}', '{CWE-79}', '{}', '{}', '{}', NULL),
('idor', 'vulnerability_web', 'high', 'Invoices of other customers can be read', 'Counting the invoice number up gives other customers'' invoices.', 'Check the invoice''s owner on every request.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N', 6.5, '{}', '{CWE-639}', '{GDPR Art. 32}', '{urgent}', '{}', '{"business_owner": "Billing", "days_to_fix": 5, "due": "2025-11-28"}'),
('ssrf', 'vulnerability_web', 'high', 'Server-side request forgery in the image import', 'The import fetches any URL, the cloud''s metadata service included.', 'Allow known hosts only and forbid private addresses.', 'moderate',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5, '{}', '{CWE-918}', '{}', '{}', '{}', NULL),
('csrf', 'vulnerability_web', 'medium', 'Address change without CSRF token', 'A foreign page can change the delivery address of a signed-in customer.', 'Send and check a token.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N', 6.5, '{}', '{CWE-352}', '{}', '{}', '{}', NULL),
('open-redirect', 'vulnerability_web', 'low', 'Open redirect after sign-in', 'The parameter next takes any address.', 'Accept paths of this site only.', 'trivial',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N', 4.3, '{}', '{CWE-601}', '{}', '{quick-win}', '{}', NULL),
('no-hsts', 'vulnerability_web', 'informational', 'Strict-Transport-Security missing', 'The first visit may go over HTTP.', 'Send the header.', 'trivial', NULL, NULL, '{}', '{CWE-319}', '{}', '{quick-win}', '{}', NULL),
('committed-key', 'vulnerability_code', 'high', 'Access key in the source code', 'A cloud storage key stands in the upload class and in the repository''s history.', 'Revoke the key; read it from the environment.', 'simple',
 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', 7.5, '{}', '{CWE-798}', '{}', '{}', '{}', NULL);

-- h: host, s: service, c: source code
CREATE TEMPORARY TABLE placement (id, finding, asset, status, confirmed, tool, data, method, path, params, pname, query, status_code) AS VALUES
(1, 'log4shell', 's2', 'open', true, 'Nessus', 'Header User-Agent was logged and resolved.', '', '', '', '', '', NULL::int),
(2, 'sqli', 's2', 'open', true, 'Burp', 'Confirmed by hand.', 'GET', '/search', 'q=x', 'q', 'q=x%27%20UNION%20SELECT', 200),
(3, 'stored-xss', 's2', 'open', true, 'Burp', '', 'POST', '/reviews', 'title=..&text=..', 'title', '', 302),
(4, 'reflected-xss', 's1', 'closed', true, 'ZAP', 'Alert raised twice.', 'GET', '/404', '', '', '', 404),
(5, 'idor', 's2', 're-opened', true, 'manual', 'Came back with release 25.10.', 'GET', '/invoices/1001', '', '', '', 200),
(6, 'open-redirect', 's2', 'risk-accepted', true, 'ZAP', '', 'GET', '/login', 'next=//evil.example', 'next', 'next=//evil.example', 302),
(7, 'no-hsts', 's1', 'open', false, 'ZAP', '', 'GET', '/', '', '', '', 200),
(8, 'old-tls', 's2', 'open', true, 'Nessus', 'TLSv1.0 enabled, TLSv1.1 enabled', '', '', '', '', '', NULL),
(9, 'old-tls', 's4', 'open', true, 'Nessus', 'TLSv1.0 enabled', '', '', '', '', '', NULL),
(10, 'proxyshell', 's4', 'open', true, 'Nessus', 'Build 15.1.2242.4', '', '', '', '', '', NULL),
(11, 'no-spf', 'h2', 'open', true, 'manual', 'v=spf1 mx ~all', '', '', '', '', '', NULL),
(12, 'banner', 's3', 'open', false, 'nmap', '220 mail.acme.example Microsoft ESMTP MAIL Service, 10.0.14393', '', '', '', '', '', NULL),
(13, 'expired-certificate', 's4', 'closed', true, 'Nessus', 'notAfter=Aug 31 2025', '', '', '', '', '', NULL),
(14, 'xortigate', 's5', 'open', true, 'Nessus', 'FortiOS 7.0.9', '', '', '', '', '', NULL),
(15, 'ike-aggressive', 's6', 'risk-accepted', true, 'ike-scan', 'Aggressive Mode Handshake returned', '', '', '', '', '', NULL),
(16, 'heartbleed', 's5', 'open', false, 'nmap', 'Not reproduced yet.', '', '', '', '', '', NULL),
(17, 'zerologon', 'h4', 'open', true, 'Nessus', '', '', '', '', '', '', NULL),
(18, 'printnightmare', 'h4', 'open', true, 'Nessus', 'Spooler is running.', '', '', '', '', '', NULL),
(19, 'eternalblue', 's8', 'closed', true, 'Metasploit', 'Host is likely VULNERABLE to MS17-010', '', '', '', '', '', NULL),
(20, 'smb-signing', 's8', 'risk-accepted', true, 'nmap', 'Message signing enabled but not required', '', '', '', '', '', NULL),
(21, 'anonymous-ldap', 's7', 'open', true, 'ldapsearch', '312 entries', '', '', '', '', '', NULL),
(22, 'default-password', 's9', 're-opened', true, 'hydra', 'login: postgres', '', '', '', '', '', NULL),
(23, 'regresshion', 's10', 'open', true, 'Nessus', 'OpenSSH_9.1p1', '', '', '', '', '', NULL),
(24, 'weak-ssh', 's10', 'open', true, 'ssh-audit', 'aes128-cbc, hmac-sha1', '', '', '', '', '', NULL),
(25, 'banner', 's10', 'closed', false, 'nmap', 'SSH-2.0-OpenSSH_9.1p1', '', '', '', '', '', NULL),
(26, 'open-printer', 's11', 'open', false, 'nmap', '', '', '', '', '', '', NULL),
(27, 'old-tls', 's9', 'open', false, 'Nessus', 'TLSv1.1 enabled', '', '', '', '', '', NULL),
(28, 'sqli', 's12', 'open', true, 'sqlmap', 'boolean-based blind', 'POST', '/api/orders', '{"sort": "id"}', 'sort', '', 500),
(29, 'ssrf', 's12', 'open', true, 'manual', 'Answered with the instance''s role name.', 'POST', '/api/images', 'url=http://169.254.169.254/', 'url', '', 200),
(30, 'csrf', 's12', 'open', true, 'Burp', '', 'POST', '/account/address', 'street=..', '', '', 302),
(31, 'stored-xss', 's12', 'open', true, 'Burp', '', 'POST', '/reviews', 'title=..', 'title', '', 302),
(32, 'reflected-xss', 's13', 'open', false, 'ZAP', '', 'GET', '/job/', '', '', '', 404),
(33, 'log4shell', 's13', 'closed', true, 'Nessus', 'Plugin removed.', '', '', '', '', '', NULL),
(34, 'committed-key', 'c1', 'open', true, 'gitleaks', 'AKIA****', '', '', '', '', '', NULL),
(35, 'idor', 's12', 'open', true, 'manual', '', 'GET', '/api/invoices/7', '', '', '', 200),
(36, 'open-printer', 'h7', 'open', true, 'nmap', 'Still to be rated.', '', '', '', '', '', NULL),
(37, 'old-tls', 's14', 'open', true, 'Nessus', 'TLSv1.0 enabled', '', '', '', '', '', NULL),
(38, 'heartbleed', 's14', 'closed', true, 'Nessus', '', '', '', '', '', '', NULL),
(39, 'default-password', 'h9', 'open', true, 'hydra', 'login: ftp', '', '', '', '', '', NULL),
(40, 'sqli', 's16', 'open', true, 'sqlmap', 'Left in on purpose.', 'GET', '/cat.php', 'id=1', 'id', 'id=1', 200);

INSERT INTO vulnerability
SELECT vulnerability.*
FROM placement p
JOIN finding f ON f.key = p.finding
CROSS JOIN (SELECT jsonb_object_agg(column_name, '') AS empty FROM information_schema.columns
            WHERE table_name = 'vulnerability' AND is_nullable = 'NO' AND data_type = 'text') texts
LEFT JOIN host h ON p.asset = 'h' || h.id
LEFT JOIN service s ON p.asset = 's' || s.id
LEFT JOIN source_code c ON p.asset = 'c' || c.id
LEFT JOIN host web ON web.id = s.host_id
LEFT JOIN LATERAL (SELECT name FROM hostname WHERE host_id = s.host_id ORDER BY id LIMIT 1) site ON true
CROSS JOIN LATERAL jsonb_populate_record(NULL::vulnerability, empty || to_jsonb(f) - 'ease' - 'cvss3' || jsonb_build_object(
    'id', p.id, 'workspace_id', coalesce(h.workspace_id, s.workspace_id, c.workspace_id),
    'host_id', h.id, 'service_id', s.id, 'source_code_id', c.id, 'status', p.status, 'confirmed', p.confirmed,
    'tool', p.tool, 'data', p.data, 'ease_of_resolution', f.ease, 'custom_fields', f.custom, 'external_id', 'ACME-' || p.id,
    'impact_confidentiality', coalesce(f.cvss3 LIKE '%/C:H%', false), 'impact_integrity', coalesce(f.cvss3 LIKE '%/I:H%', false),
    'impact_availability', coalesce(f.cvss3 LIKE '%/A:H%', false), 'impact_accountability', false,
    'disassociated_manually', false, 'risk', round(coalesce(f.score, 0) * 9),
    '_cvss3_vector_string', f.cvss3, 'cvss3_base_score', f.score, 'cvss3_base_severity',
        CASE WHEN f.score >= 9 THEN 'critical' WHEN f.score >= 7 THEN 'high' WHEN f.score >= 4 THEN 'medium' WHEN f.score > 0 THEN 'low' END,
    'epss', CASE WHEN cardinality(f.cves) > 0 THEN 0.94 END,
    'creator_id', 3, 'create_date', timestamp '2025-09-15 09:00' + p.id * interval '7 hours',
    'update_date', timestamp '2025-10-20 14:00' + p.id * interval '5 hours',
    'last_detected', timestamp '2025-10-20 14:00' + p.id * interval '5 hours')
    || CASE f.type
        WHEN 'vulnerability_web' THEN jsonb_build_object(
            'method', p.method, 'path', p.path, 'parameters', p.params, 'parameter_name', p.pname, 'query_string', p.query,
            'status_code', p.status_code, 'website', coalesce(site.name, web.ip),
            'request', format(E'%s %s%s HTTP/1.1\r\nHost: %s\r\nUser-Agent: Mozilla/5.0\r\n\r\n%s', p.method, p.path,
                              '?' || nullif(p.query, ''), coalesce(site.name, web.ip), CASE p.method WHEN 'POST' THEN p.params END),
            'response', format(E'HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>..</html>', p.status_code))
        WHEN 'vulnerability_code' THEN '{"code": "String key = \"AKIA****\";", "start_line": 42, "end_line": 42}'
        ELSE '{}' END) vulnerability
ORDER BY p.id;

UPDATE vulnerability SET _cvss2_vector_string = 'AV:N/AC:M/Au:N/C:P/I:N/A:N', cvss2_base_score = 4.3, cvss2_base_severity = 'medium'
WHERE id IN (8, 9, 27, 37);
UPDATE vulnerability SET _cvss4_vector_string = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', cvss4_base_score = 9.3, cvss4_base_severity = 'critical'
WHERE id IN (2, 28, 40);

CREATE TEMPORARY TABLE attached AS
SELECT p.id AS vulnerability_id, f.*, v.workspace_id FROM placement p JOIN finding f ON f.key = p.finding JOIN vulnerability v ON v.id = p.id;

INSERT INTO cve (name, year, identifier)
SELECT DISTINCT entry, split_part(entry, '-', 2)::int, split_part(entry, '-', 3)::int FROM attached, unnest(cves) entry ORDER BY entry;
INSERT INTO cve_association (vulnerability_id, cve_id) SELECT vulnerability_id, cve.id FROM attached JOIN cve ON cve.name = ANY (cves);

INSERT INTO cwe (name, create_date) SELECT DISTINCT entry, timestamp '2025-09-01' FROM attached, unnest(weaknesses) entry ORDER BY entry;
INSERT INTO cwe_vulnerability_association (vulnerability_id, cwe_id) SELECT vulnerability_id, cwe.id FROM attached JOIN cwe ON cwe.name = ANY (weaknesses);

INSERT INTO owasp (id, name, create_date) VALUES
    (1, 'A01:2021-Broken Access Control', '2025-09-01'), (2, 'A03:2021-Injection', '2025-09-01'), (3, 'A10:2021-Server-Side Request Forgery', '2025-09-01');
INSERT INTO owasp_vulnerability_association (vulnerability_id, owasp_id)
SELECT vulnerability_id, CASE key WHEN 'ssrf' THEN 3 WHEN 'idor' THEN 1 WHEN 'csrf' THEN 1 ELSE 2 END
FROM attached WHERE key IN ('ssrf', 'idor', 'csrf', 'sqli', 'stored-xss', 'reflected-xss');

INSERT INTO vulnerability_reference (name, type, vulnerability_id, creator_id, create_date)
SELECT entry, 'other', vulnerability_id, 3, '2025-09-15' FROM attached, unnest(refs) entry;
INSERT INTO vulnerability_reference (name, type, vulnerability_id, creator_id, create_date)
VALUES ('https://www.exploit-db.com/exploits/50592', 'exploit', 1, 3, '2025-09-15'), ('https://logging.apache.org/security.html', 'patch', 1, 3, '2025-09-15');

INSERT INTO policy_violation (name, workspace_id, creator_id, create_date)
SELECT DISTINCT entry, workspace_id, 3, timestamp '2025-09-15' FROM attached, unnest(policies) entry ORDER BY entry, workspace_id;
INSERT INTO policy_violation_vulnerability_association (vulnerability_id, policy_violation_id)
SELECT vulnerability_id, v.id FROM attached a JOIN policy_violation v ON v.name = ANY (policies) AND v.workspace_id = a.workspace_id;

INSERT INTO tag (name, slug, create_date) SELECT DISTINCT entry, entry, timestamp '2025-09-15' FROM attached, unnest(tags) entry ORDER BY entry;
INSERT INTO tag_object (object_id, object_type, tag_id) SELECT vulnerability_id, 'vulnerability', tag.id FROM attached JOIN tag ON tag.name = ANY (tags);
INSERT INTO tag_object (object_id, object_type, tag_id) SELECT 1, 'host', id FROM tag WHERE name = 'internet-facing';

-- Evidence: the bytes themselves lie in Faraday's storage folder.
INSERT INTO file (name, filename, description, content, object_id, object_type, creator_id, create_date)
SELECT name, name, description,
       jsonb_build_object('file_id', md5(name), 'path', 'default/' || md5(name), 'filename', name, 'content_type', content_type,
                          'uploaded_at', '2025-09-16 08:00:00', 'files', jsonb_build_array('default/' || md5(name)))::text,
       vulnerability_id, 'vulnerability', 3, '2025-09-16 08:00'
FROM (VALUES (1, 'callback.png', 'The callback arriving', 'image/png'), (2, 'sqlmap-output.txt', '', 'text/plain'),
             (3, 'alert.png', 'Review with an alert', 'image/png'), (3, 'Übersicht.html', 'Page as saved', 'text/html'),
             (17, 'zerologon-check.txt', '', 'text/plain')) AS evidence (vulnerability_id, name, description, content_type);

INSERT INTO comment (comment_type, text, workspace_id, object_id, object_type, creator_id, create_date) VALUES
    ('user', 'Reproduced in production, please treat first.', 1, 1, 'vulnerability', 3, '2025-09-17 11:20'),
    ('user', 'The platform team knows.', 1, 1, 'vulnerability', 2, '2025-09-17 12:02');

INSERT INTO vulnerability_status_history (status, change_date, vulnerability_id, user_id)
SELECT status::text::vulnerability_status_history_statuses, update_date, id, 3 FROM vulnerability WHERE status <> 'open';

INSERT INTO severities_histogram (workspace_id, date, medium, high, critical, confirmed)
SELECT workspace_id, create_date::date, count(*) FILTER (WHERE severity = 'medium'), count(*) FILTER (WHERE severity = 'high'),
       count(*) FILTER (WHERE severity = 'critical'), count(*) FILTER (WHERE confirmed)
FROM vulnerability WHERE severity IN ('medium', 'high', 'critical') GROUP BY 1, 2;

INSERT INTO command (id, command, tool, start_date, end_date, ip, hostname, params, "user", import_source, workspace_id, creator_id, create_date)
VALUES (1, 'nessus', 'Nessus', '2025-09-15 08:00', '2025-09-15 08:40', '10.20.9.9', 'scanner', 'acme.nessus', 'pentester', 'report', 1, 3, '2025-09-15 08:00');
INSERT INTO command_object (object_id, object_type, command_id, workspace_id, create_date, created_persistent)
SELECT id, 'vulnerability', 1, 1, '2025-09-15 08:41', true FROM vulnerability WHERE workspace_id = 1 AND tool = 'Nessus';

SELECT setval(pg_get_serial_sequence(name, 'id'), 1000) FROM unnest(ARRAY['vulnerability', 'owasp', 'command']) name;
DROP TABLE attached, placement, finding;
