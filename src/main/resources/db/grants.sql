-- What the bridge's role may do in Faraday's database, and no more. For Faraday's owner or a superuser; the role is there:
--     psql -d faraday -v role=faraday_bridge -f grants.sql
-- Repeat it after an upgrade of Faraday or of the bridge, and after a restore. It is done as a whole or not at all. SQL of your
-- own in export-vulnerability.sql may need more tables than these.
\set ON_ERROR_STOP on
SELECT set_config('bridge.role', :'role', false);
DO $$
DECLARE
    bridge text := current_setting('bridge.role');
    granted record;
BEGIN
    IF NOT has_schema_privilege(bridge, 'public', 'USAGE') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', bridge);
    END IF;

    -- The schema that is the bridge's own; with it, the role creates nothing elsewhere. It stays the schema of whoever runs
    -- this: only a superuser or a member of the role could give it away.
    IF to_regnamespace('faraday_bridge') IS NULL THEN
        CREATE SCHEMA faraday_bridge;
    END IF;
    IF NOT (has_schema_privilege(bridge, 'faraday_bridge', 'CREATE') AND has_schema_privilege(bridge, 'faraday_bridge', 'USAGE')) THEN
        EXECUTE format('GRANT CREATE, USAGE ON SCHEMA faraday_bridge TO %I', bridge);
    END IF;
    -- What is in it is somebody else's after a restore without owners, or if the bridge had another account before. The role
    -- must own it, since it changes its tables at an upgrade.
    BEGIN
        FOR granted IN
            SELECT format('TABLE %s', c.oid::regclass) AS name FROM pg_class c
             WHERE c.relnamespace = to_regnamespace('faraday_bridge') AND c.relkind IN ('r', 'p', 'v')
               AND c.relowner <> quote_ident(bridge)::regrole
            UNION ALL
            SELECT format('FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
             WHERE p.pronamespace = to_regnamespace('faraday_bridge') AND p.proowner <> quote_ident(bridge)::regrole
        LOOP
            EXECUTE format('ALTER %s OWNER TO %I', granted.name, bridge);
        END LOOP;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'tables or functions in the schema faraday_bridge belong to another role than %, and % may not give'
                ' them to it: %', bridge, current_user, SQLERRM
            USING HINT = format('Run this script as a superuser, or first, as one who may: GRANT %I TO %I', bridge, current_user);
    END;

    -- What it reads: who may do what, and what an export needs of a vulnerability.
    FOR granted IN
        SELECT name FROM unnest(ARRAY[
            'vulnerability', 'workspace', 'host', 'hostname', 'service', 'source_code', 'configuration',
            'faraday_role', 'roles_users', 'role_permission', 'permissions_unit', 'permissions_unit_action',
            'workspace_permission_association', 'user_token', 'custom_fields_schema', 'command', 'command_object',
            'cve', 'cve_association', 'cwe', 'cwe_vulnerability_association', 'owasp', 'owasp_vulnerability_association',
            'policy_violation', 'policy_violation_vulnerability_association', 'vulnerability_reference', 'tag', 'tag_object',
            'file', 'comment', 'severities_histogram', 'vulnerability_status_history']) AS name
         WHERE to_regclass('public.' || name) IS NOT NULL
    LOOP
        EXECUTE format('GRANT SELECT ON public.%I TO %I', granted.name, bridge);
    END LOOP;
    -- Of the accounts not their one-time passwords and sessions. What the script of 0.1.0 granted, processes of 0.1.0 need;
    -- docs/operations.md (The database) says how to take it back after them.
    EXECUTE format('GRANT SELECT (%s) ON public.faraday_user TO %I',
                   (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                     WHERE attrelid = 'public.faraday_user'::regclass AND attnum > 0 AND NOT attisdropped
                       AND attname IN ('id', 'username', 'password', 'active', 'user_type', 'state_otp', 'fs_uniquifier')), bridge);

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
