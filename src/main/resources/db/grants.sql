-- What the bridge's role may do in Faraday's database, and no more. For Faraday's owner or a superuser; the role is there:
--     psql -d faraday -v role=faraday_bridge -f grants.sql
-- Repeat it after an upgrade of Faraday. SQL of your own in export-vulnerability.sql may need more tables than these.
SELECT set_config('bridge.role', :'role', false);
DO $$
DECLARE
    bridge text := current_setting('bridge.role');
    granted record;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', bridge);
    -- The schema that is the bridge's own; with it, the role creates nothing elsewhere.
    IF to_regnamespace('faraday_bridge') IS NULL THEN
        EXECUTE format('CREATE SCHEMA faraday_bridge AUTHORIZATION %I', bridge);
    END IF;

    -- What it reads: who may do what, and what an export needs of a vulnerability.
    FOR granted IN
        SELECT name FROM unnest(ARRAY[
            'vulnerability', 'workspace', 'host', 'hostname', 'service', 'source_code', 'configuration',
            'faraday_user', 'faraday_role', 'roles_users', 'role_permission', 'permissions_unit', 'permissions_unit_action',
            'workspace_permission_association', 'user_token', 'custom_fields_schema', 'command', 'command_object',
            'cve', 'cve_association', 'cwe', 'cwe_vulnerability_association', 'owasp', 'owasp_vulnerability_association',
            'policy_violation', 'policy_violation_vulnerability_association', 'vulnerability_reference', 'tag', 'tag_object',
            'file', 'comment', 'severities_histogram', 'vulnerability_status_history']) AS name
         WHERE to_regclass('public.' || name) IS NOT NULL
    LOOP
        EXECUTE format('GRANT SELECT ON public.%I TO %I', granted.name, bridge);
    END LOOP;

    -- What it writes: a status with all that must follow it, the link, comments, its configuration row, tokens for the webhook.
    EXECUTE format('GRANT UPDATE (status, issuetracker, association_date, disassociated_manually, update_date, update_user_id)'
                || ' ON public.vulnerability TO %I', bridge);
    EXECUTE format('GRANT UPDATE (%s) ON public.workspace TO %I',
                   (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                     WHERE attrelid = 'public.workspace'::regclass AND attnum > 0 AND NOT attisdropped
                       AND (attname = 'update_date' OR attname LIKE '%\_count')), bridge);
    FOR granted IN
        SELECT name, rights FROM (VALUES
            ('configuration', 'INSERT, UPDATE (value, update_date, update_user_id)'),
            ('user_token', 'INSERT, UPDATE (alias, expires_at, hide, revoked, update_date, update_user_id)'),
            ('severities_histogram', 'INSERT, UPDATE'),
            ('vulnerability_status_history', 'INSERT'), ('comment', 'INSERT')) AS t (name, rights)
         WHERE to_regclass('public.' || name) IS NOT NULL
    LOOP
        EXECUTE format('GRANT %s ON public.%I TO %I', granted.rights, granted.name, bridge);
        EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %I', pg_get_serial_sequence('public.' || granted.name, 'id'), bridge);
    END LOOP;
END $$;
