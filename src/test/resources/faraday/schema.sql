-- Faraday's tables, as the catalogue of a Faraday 5.21 database describes them: every column, type, constraint and index.
-- Written from that description, not from Faraday's code. Foreign keys come last, since the tables refer to each other.

CREATE TYPE action_types AS ENUM ('create', 'read', 'update', 'delete', 'run', 'tag');
CREATE TYPE analytics_types AS ENUM ('vulnerabilities_per_host', 'vulnerabilities_per_status', 'vulnerabilities_per_severity', 'top_ten_most_affected_hosts', 'top_ten_most_repeated_vulns', 'monthly_evolution_by_status', 'monthly_evolution_by_severity', 'vulnerabilities_by_risk_score');
CREATE TYPE comment_types AS ENUM ('system', 'user');
CREATE TYPE condition_types AS ENUM ('and', 'or', 'xor', 'leaf');
CREATE TYPE executive_report_statuses AS ENUM ('created', 'error', 'processing');
CREATE TYPE group_algorithm AS ENUM ('levenshtein', 'sentence_transformer');
CREATE TYPE group_by AS ENUM ('name', 'cve');
CREATE TYPE import_source_enum AS ENUM ('report', 'shell', 'agent', 'cloud_agent');
CREATE TYPE object_types AS ENUM ('vulnerability', 'host', 'credential', 'service', 'source_code', 'comment', 'executive_report', 'workspace', 'task', 'report_logo', 'report_template');
CREATE TYPE project_task_statuses AS ENUM ('new', 'review', 'completed', 'in progress');
CREATE TYPE project_task_types AS ENUM ('task', 'milestone');
CREATE TYPE reference_types AS ENUM ('exploit', 'patch', 'other');
CREATE TYPE scheduler_severities AS ENUM ('UNCLASSIFIED', 'INFO', 'LOW', 'MED', 'HIGH', 'CRITICAL');
CREATE TYPE scheduler_types AS ENUM ('cloud_agent', 'agent');
CREATE TYPE service_statuses AS ENUM ('open', 'closed', 'filtered');
CREATE TYPE summary_period_types AS ENUM ('daily', 'weekly', 'monthly', 'yearly');
CREATE TYPE token_scopes AS ENUM ('gitlab', 'service_desk', 'scheduler', 'jira', 'global');
CREATE TYPE user_otp_states AS ENUM ('disabled', 'requested', 'confirmed');
CREATE TYPE user_types AS ENUM ('ldap', 'local', 'saml');
CREATE TYPE valid_workflow_models AS ENUM ('vulnerability', 'vulnerability_web', 'host', 'service');
CREATE TYPE vulnerability_ease_of_resolution AS ENUM ('trivial', 'simple', 'moderate', 'difficult', 'infeasible');
CREATE TYPE vulnerability_severity AS ENUM ('unclassified', 'informational', 'low', 'medium', 'high', 'critical');
CREATE TYPE vulnerability_status_history_statuses AS ENUM ('open', 'closed', 're-opened', 'risk-accepted');
CREATE TYPE vulnerability_statuses AS ENUM ('open', 'closed', 're-opened', 'risk-accepted');
CREATE TYPE vulnerability_types AS ENUM ('vulnerability', 'vulnerability_web', 'vulnerability_code');

CREATE TABLE action (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar,
    description varchar NOT NULL,
    command varchar NOT NULL,
    field varchar,
    value varchar,
    custom_field boolean,
    target varchar,
    workflow_id integer,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT action_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_action_workflow_id ON action (workflow_id);

CREATE TABLE agent (
    create_date timestamp,
    update_date timestamp,
    id serial,
    token text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    active boolean,
    sid text,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT agent_pkey PRIMARY KEY (id),
    CONSTRAINT agent_token_key UNIQUE (token)
);

CREATE TABLE agent_execution (
    create_date timestamp,
    update_date timestamp,
    id serial,
    running boolean,
    successful boolean,
    message varchar,
    executor_id integer NOT NULL,
    workspace_id integer NOT NULL,
    parameters_data jsonb NOT NULL,
    command_id integer,
    triggered_by varchar,
    run_uuid uuid,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT agent_execution_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_agent_execution_command_id ON agent_execution (command_id);
CREATE INDEX ix_agent_execution_executor_id ON agent_execution (executor_id);
CREATE INDEX ix_agent_execution_run_uuid ON agent_execution (run_uuid);
CREATE INDEX ix_agent_execution_workspace_id ON agent_execution (workspace_id);

CREATE TABLE agent_schedule (
    create_date timestamp,
    update_date timestamp,
    id serial,
    description text NOT NULL,
    crontab text NOT NULL,
    timezone text NOT NULL,
    active boolean NOT NULL,
    last_run timestamp,
    ignore_info boolean,
    resolve_hostname boolean,
    vuln_tag varchar,
    service_tag varchar,
    host_tag varchar,
    parameters jsonb NOT NULL,
    type scheduler_types NOT NULL,
    min_severity scheduler_severities,
    max_severity scheduler_severities,
    creator_id integer,
    update_user_id integer,
    executor_id integer,
    cloud_agent_id integer,
    CONSTRAINT agent_schedule_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_agent_schedule_cloud_agent_id ON agent_schedule (cloud_agent_id);
CREATE INDEX ix_agent_schedule_executor_id ON agent_schedule (executor_id);

CREATE TABLE agents_schedule_workspace_table (
    workspace_id integer,
    agents_schedule_id integer
);

CREATE TABLE analytics (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    description text,
    type analytics_types NOT NULL,
    filters jsonb NOT NULL,
    data jsonb NOT NULL,
    show_data_table boolean,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT analytics_pkey PRIMARY KEY (id),
    CONSTRAINT analytics_name_key UNIQUE (name)
);

CREATE TABLE association_pipelines_and_jobs_table (
    pipeline_id integer,
    workflow_id integer
);

CREATE TABLE association_table_vulnerabilities_credentials (
    vulnerability_id integer,
    credential_id integer,
    CONSTRAINT uix_vuln_cred_pair UNIQUE (vulnerability_id, credential_id)
);
CREATE INDEX ix_association_vuln_creds_cred_id ON association_table_vulnerabilities_credentials (credential_id);
CREATE INDEX ix_association_vuln_creds_vuln_id ON association_table_vulnerabilities_credentials (vulnerability_id);

CREATE TABLE base_notification (
    create_date timestamp,
    update_date timestamp,
    id serial,
    data jsonb NOT NULL,
    processed boolean,
    "verbose" boolean,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT base_notification_pkey PRIMARY KEY (id)
);

CREATE TABLE cloud_agent (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    slug varchar NOT NULL,
    access_token text,
    params jsonb,
    parameters_data jsonb NOT NULL,
    category jsonb,
    description text NOT NULL,
    tools_count integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT cloud_agent_pkey PRIMARY KEY (id),
    CONSTRAINT cloud_agent_access_token_key UNIQUE (access_token),
    CONSTRAINT cloud_agent_slug_key UNIQUE (slug)
);

CREATE TABLE cloud_agent_execution (
    create_date timestamp,
    update_date timestamp,
    id serial,
    running boolean,
    successful boolean,
    message varchar,
    cloud_agent_id integer NOT NULL,
    workspace_id integer NOT NULL,
    parameters_data jsonb NOT NULL,
    command_id integer,
    last_run timestamp,
    triggered_by varchar,
    run_uuid uuid,
    tasks_completed integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT cloud_agent_execution_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_cloud_agent_execution_cloud_agent_id ON cloud_agent_execution (cloud_agent_id);
CREATE INDEX ix_cloud_agent_execution_command_id ON cloud_agent_execution (command_id);
CREATE INDEX ix_cloud_agent_execution_run_uuid ON cloud_agent_execution (run_uuid);
CREATE INDEX ix_cloud_agent_execution_workspace_id ON cloud_agent_execution (workspace_id);

CREATE TABLE command (
    create_date timestamp,
    update_date timestamp,
    id serial,
    command text NOT NULL,
    tool text NOT NULL,
    start_date timestamp NOT NULL,
    end_date timestamp,
    ip varchar NOT NULL,
    hostname varchar NOT NULL,
    params text NOT NULL,
    "user" varchar NOT NULL,
    import_source import_source_enum,
    workspace_id integer NOT NULL,
    warnings varchar,
    tasks jsonb,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT command_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_command_workspace_id ON command (workspace_id);

CREATE TABLE command_object (
    id serial,
    object_id integer NOT NULL,
    object_type object_types NOT NULL,
    command_id integer,
    workspace_id integer NOT NULL,
    create_date timestamp,
    created_persistent boolean NOT NULL,
    CONSTRAINT command_object_pkey PRIMARY KEY (id),
    CONSTRAINT uix_command_object_objid_objtype_command_id_ws UNIQUE (object_id, object_type, command_id, workspace_id)
);
CREATE INDEX ix_command_object_command_id ON command_object (command_id);
CREATE INDEX ix_command_object_command_id_type ON command_object (command_id, object_type);
CREATE INDEX ix_command_object_workspace_id ON command_object (workspace_id);

CREATE TABLE comment (
    create_date timestamp,
    update_date timestamp,
    id serial,
    comment_type comment_types NOT NULL,
    text text NOT NULL,
    reply_to_id integer,
    workspace_id integer,
    object_id integer NOT NULL,
    object_type object_types NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT comment_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_comment_workspace_id ON comment (workspace_id);

CREATE TABLE condition (
    create_date timestamp,
    update_date timestamp,
    id serial,
    parent_id integer,
    type condition_types,
    field varchar,
    operator varchar,
    data text,
    is_root boolean NOT NULL,
    workflow_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT condition_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_condition_workflow_id ON condition (workflow_id);

CREATE TABLE configuration (
    create_date timestamp,
    update_date timestamp,
    id serial,
    key varchar NOT NULL,
    value jsonb NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT configuration_pkey PRIMARY KEY (id),
    CONSTRAINT configuration_key_key UNIQUE (key)
);

CREATE TABLE credential (
    create_date timestamp,
    update_date timestamp,
    id serial,
    password text NOT NULL,
    username text NOT NULL,
    endpoint text,
    leak_date timestamp,
    owned boolean,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT credential_pkey PRIMARY KEY (id),
    CONSTRAINT uix_credential_username_password_endpoint_workspace UNIQUE (username, password, endpoint, workspace_id)
);
CREATE INDEX ix_credential_leak_date ON credential (leak_date);
CREATE INDEX ix_credential_leak_date_workspace_id ON credential (leak_date, workspace_id);
CREATE INDEX ix_credential_workspace_id ON credential (workspace_id);

CREATE TABLE custom_fields_schema (
    id serial,
    field_name text,
    field_type text,
    field_metadata jsonb,
    field_display_name text,
    field_order integer,
    table_name text,
    CONSTRAINT custom_fields_schema_pkey PRIMARY KEY (id),
    CONSTRAINT custom_fields_schema_field_name_key UNIQUE (field_name)
);

CREATE TABLE cve (
    id serial,
    name varchar(24),
    year integer,
    identifier integer,
    CONSTRAINT cve_pkey PRIMARY KEY (id),
    CONSTRAINT cve_name_key UNIQUE (name)
);

CREATE TABLE cve_association (
    vulnerability_id integer NOT NULL,
    cve_id integer NOT NULL
);
CREATE INDEX ix_cve_association_vulnerability_id ON cve_association (vulnerability_id);

CREATE TABLE cwe (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT cwe_pkey PRIMARY KEY (id),
    CONSTRAINT cwe_name_key UNIQUE (name)
);

CREATE TABLE cwe_vulnerability_association (
    cwe_id integer,
    vulnerability_id integer
);
CREATE INDEX ix_cwe_vulnerability_association_vulnerability_id ON cwe_vulnerability_association (vulnerability_id);

CREATE TABLE db_metadata (
    id serial,
    option varchar NOT NULL,
    value varchar NOT NULL,
    CONSTRAINT db_metadata_pkey PRIMARY KEY (id)
);

CREATE TABLE email_notification (
    id serial,
    user_email varchar NOT NULL,
    message varchar NOT NULL,
    processed boolean,
    CONSTRAINT email_notification_pkey PRIMARY KEY (id)
);

CREATE TABLE event_type (
    id serial,
    name varchar NOT NULL,
    async_event boolean,
    enabled boolean,
    CONSTRAINT event_type_pkey PRIMARY KEY (id),
    CONSTRAINT event_type_name_key UNIQUE (name)
);

CREATE TABLE executive_report (
    create_date timestamp,
    update_date timestamp,
    id serial,
    grouped boolean NOT NULL,
    name text NOT NULL,
    status executive_report_statuses NOT NULL,
    template_name text NOT NULL,
    conclusions text NOT NULL,
    enterprise text NOT NULL,
    objectives text NOT NULL,
    recommendations text NOT NULL,
    scope text NOT NULL,
    summary text NOT NULL,
    title text NOT NULL,
    confirmed boolean NOT NULL,
    vuln_count integer,
    markdown boolean NOT NULL,
    duplicate_detection boolean NOT NULL,
    border_size integer,
    advanced_filter boolean NOT NULL,
    advanced_filter_parsed text NOT NULL,
    is_preview boolean NOT NULL,
    filter jsonb,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT executive_report_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_executive_report_name ON executive_report (name);

CREATE TABLE executive_report_workspace_table (
    workspace_id integer,
    executive_report_id integer
);

CREATE TABLE executor (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    agent_id integer NOT NULL,
    parameters_metadata jsonb NOT NULL,
    parameters_data jsonb NOT NULL,
    last_run timestamp,
    category jsonb,
    tool varchar,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT executor_pkey PRIMARY KEY (id),
    CONSTRAINT uix_executor_table_agent_id_name UNIQUE (name, agent_id)
);
CREATE INDEX ix_executor_agent_id ON executor (agent_id);

CREATE TABLE faraday_role (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar(80),
    weight integer NOT NULL,
    custom boolean NOT NULL,
    description varchar(280),
    creator_id integer,
    update_user_id integer,
    CONSTRAINT faraday_role_pkey PRIMARY KEY (id),
    CONSTRAINT faraday_role_name_key UNIQUE (name)
);

CREATE TABLE faraday_user (
    id serial,
    username varchar(255) NOT NULL,
    password varchar(255),
    email varchar(255),
    name varchar NOT NULL,
    last_login_at timestamp,
    current_login_at timestamp,
    last_login_ip varchar NOT NULL,
    current_login_ip varchar NOT NULL,
    login_count integer,
    active boolean NOT NULL,
    confirmed_at timestamp,
    otp_secret varchar(32),
    state_otp user_otp_states NOT NULL,
    preferences jsonb,
    fs_uniquifier varchar(64) NOT NULL,
    user_type user_types NOT NULL,
    session_id varchar(64),
    CONSTRAINT faraday_user_pkey PRIMARY KEY (id),
    CONSTRAINT faraday_user_email_key UNIQUE (email),
    CONSTRAINT faraday_user_fs_uniquifier_key UNIQUE (fs_uniquifier),
    CONSTRAINT faraday_user_session_id_key UNIQUE (session_id),
    CONSTRAINT faraday_user_username_key UNIQUE (username)
);

CREATE TABLE file (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    filename text NOT NULL,
    description text NOT NULL,
    content varchar(4096) NOT NULL,
    object_id integer NOT NULL,
    object_type object_types NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT file_pkey PRIMARY KEY (id)
);

CREATE TABLE host (
    create_date timestamp,
    update_date timestamp,
    id serial,
    ip text NOT NULL,
    description text NOT NULL,
    os text NOT NULL,
    owned boolean NOT NULL,
    default_gateway_ip text NOT NULL,
    default_gateway_mac text NOT NULL,
    mac text NOT NULL,
    net_segment text NOT NULL,
    workspace_id integer NOT NULL,
    vulnerability_critical_generic_count integer DEFAULT 0,
    vulnerability_high_generic_count integer DEFAULT 0,
    vulnerability_medium_generic_count integer DEFAULT 0,
    vulnerability_low_generic_count integer DEFAULT 0,
    vulnerability_info_generic_count integer DEFAULT 0,
    vulnerability_unclassified_generic_count integer DEFAULT 0,
    importance integer,
    risk integer,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT host_pkey PRIMARY KEY (id),
    CONSTRAINT uix_host_ip_workspace UNIQUE (ip, workspace_id)
);
CREATE INDEX ix_host_workspace_id ON host (workspace_id);

CREATE TABLE hostname (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    host_id integer NOT NULL,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT hostname_pkey PRIMARY KEY (id),
    CONSTRAINT uix_hostname_host_workspace UNIQUE (name, host_id, workspace_id)
);
CREATE INDEX ix_hostname_host_id ON hostname (host_id);
CREATE INDEX ix_hostname_workspace_id ON hostname (workspace_id);

CREATE TABLE license (
    create_date timestamp,
    update_date timestamp,
    id serial,
    product text NOT NULL,
    start_date timestamp NOT NULL,
    end_date timestamp NOT NULL,
    type text NOT NULL,
    notes text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT license_pkey PRIMARY KEY (id),
    CONSTRAINT uix_license_product_start_end_dates UNIQUE (product, start_date, end_date)
);

CREATE TABLE mail_notification (
    id integer NOT NULL,
    CONSTRAINT mail_notification_pkey PRIMARY KEY (id)
);

CREATE TABLE methodology (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    template_id integer,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT methodology_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_methodology_template_id ON methodology (template_id);
CREATE INDEX ix_methodology_workspace_id ON methodology (workspace_id);

CREATE TABLE methodology_template (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT methodology_template_pkey PRIMARY KEY (id)
);

CREATE TABLE notification (
    id serial,
    user_notified_id integer NOT NULL,
    object_id integer NOT NULL,
    object_type object_types NOT NULL,
    notification_text text NOT NULL,
    workspace_id integer NOT NULL,
    mark_read boolean,
    create_date timestamp,
    CONSTRAINT notification_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_mark_read ON notification (mark_read);
CREATE INDEX ix_notification_user_notified_id ON notification (user_notified_id);
CREATE INDEX ix_notification_workspace_id ON notification (workspace_id);

CREATE TABLE notification_allowed_roles (
    notification_subscription_id integer NOT NULL,
    allowed_role_id integer NOT NULL
);

CREATE TABLE notification_base (
    id serial,
    notification_event_id integer NOT NULL,
    notification_subscription_config_id integer NOT NULL,
    type varchar,
    CONSTRAINT notification_base_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_base_notification_event_id ON notification_base (notification_event_id);
CREATE INDEX ix_notification_base_notification_subscription_config_id ON notification_base (notification_subscription_config_id);

CREATE TABLE notification_event (
    id serial,
    event_type_id integer NOT NULL,
    object_id integer NOT NULL,
    object_type_id integer NOT NULL,
    notification_data jsonb NOT NULL,
    create_date timestamp,
    workspace_id integer,
    CONSTRAINT notification_event_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_event_event_type_id ON notification_event (event_type_id);
CREATE INDEX ix_notification_event_object_type_id ON notification_event (object_type_id);
CREATE INDEX ix_notification_event_workspace_id ON notification_event (workspace_id);

CREATE TABLE notification_subscription (
    create_date timestamp,
    update_date timestamp,
    id serial,
    event_type_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT notification_subscription_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_subscription_event_type_id ON notification_subscription (event_type_id);

CREATE TABLE notification_subscription_config_base (
    id serial,
    subscription_id integer NOT NULL,
    role_level boolean,
    workspace_level boolean,
    active boolean,
    type varchar,
    CONSTRAINT notification_subscription_config_base_pkey PRIMARY KEY (id),
    CONSTRAINT uix_subscriptionid_type UNIQUE (subscription_id, type)
);
CREATE INDEX ix_notification_subscription_config_base_subscription_id ON notification_subscription_config_base (subscription_id);

CREATE TABLE notification_subscription_mail_config (
    id integer NOT NULL,
    email varchar,
    user_notified_id integer,
    CONSTRAINT notification_subscription_mail_config_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_subscription_mail_config_user_notified_id ON notification_subscription_mail_config (user_notified_id);

CREATE TABLE notification_subscription_webhook_config (
    id integer NOT NULL,
    url varchar(50) NOT NULL,
    CONSTRAINT notification_subscription_webhook_config_pkey PRIMARY KEY (id)
);

CREATE TABLE notification_subscription_websocket_config (
    id integer NOT NULL,
    user_notified_id integer,
    CONSTRAINT notification_subscription_websocket_config_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_notification_subscription_websocket_config_user_notified_id ON notification_subscription_websocket_config (user_notified_id);

CREATE TABLE object_type (
    id serial,
    name varchar NOT NULL,
    CONSTRAINT object_type_pkey PRIMARY KEY (id),
    CONSTRAINT object_type_name_key UNIQUE (name)
);

CREATE TABLE owasp (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT owasp_pkey PRIMARY KEY (id),
    CONSTRAINT owasp_name_key UNIQUE (name)
);

CREATE TABLE owasp_vulnerability_association (
    owasp_id integer,
    vulnerability_id integer
);
CREATE INDEX ix_owasp_vulnerability_association_vulnerability_id ON owasp_vulnerability_association (vulnerability_id);

CREATE TABLE permissions_group (
    id serial,
    name varchar NOT NULL,
    CONSTRAINT permissions_group_pkey PRIMARY KEY (id),
    CONSTRAINT permissions_group_name_key UNIQUE (name)
);

CREATE TABLE permissions_unit (
    id serial,
    name varchar NOT NULL,
    permissions_group_id integer NOT NULL,
    CONSTRAINT permissions_unit_pkey PRIMARY KEY (id),
    CONSTRAINT permissions_unit_name_key UNIQUE (name)
);
CREATE INDEX ix_permissions_unit_permissions_group_id ON permissions_unit (permissions_group_id);

CREATE TABLE permissions_unit_action (
    id serial,
    permissions_unit_id integer NOT NULL,
    action_type action_types NOT NULL,
    CONSTRAINT permissions_unit_action_pkey PRIMARY KEY (id),
    CONSTRAINT uix_permissions_unit_action UNIQUE (permissions_unit_id, action_type)
);
CREATE INDEX ix_permissions_unit_action_permissions_unit_id ON permissions_unit_action (permissions_unit_id);

CREATE TABLE pipeline (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    description varchar NOT NULL,
    jobs_order varchar,
    workspace_id integer,
    enabled boolean NOT NULL,
    running boolean NOT NULL,
    running_since timestamp,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT pipeline_pkey PRIMARY KEY (id),
    CONSTRAINT pipeline_name_key UNIQUE (name)
);
CREATE INDEX ix_pipeline_workspace_id ON pipeline (workspace_id);

CREATE TABLE planner_project (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT planner_project_pkey PRIMARY KEY (id)
);

CREATE TABLE policy_violation (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT policy_violation_pkey PRIMARY KEY (id),
    CONSTRAINT uix_policy_violation_template_name_vulnerability_workspace UNIQUE (name, workspace_id)
);
CREATE INDEX ix_policy_violation_workspace_id ON policy_violation (workspace_id);

CREATE TABLE policy_violation_template (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT policy_violation_template_pkey PRIMARY KEY (id),
    CONSTRAINT uix_policy_violation_template_name UNIQUE (name)
);

CREATE TABLE policy_violation_template_vulnerability_association (
    vulnerability_id integer NOT NULL,
    policy_violation_id integer NOT NULL,
    CONSTRAINT policy_violation_template_vulnerability_association_pkey PRIMARY KEY (vulnerability_id, policy_violation_id)
);

CREATE TABLE policy_violation_vulnerability_association (
    vulnerability_id integer NOT NULL,
    policy_violation_id integer NOT NULL,
    CONSTRAINT policy_violation_vulnerability_association_pkey PRIMARY KEY (vulnerability_id, policy_violation_id)
);

CREATE TABLE project_task (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    description varchar,
    start_date timestamp,
    end_date timestamp,
    status project_task_statuses,
    type project_task_types NOT NULL,
    project_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT project_task_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_project_task_project_id ON project_task (project_id);

CREATE TABLE project_task_user_association (
    task_id integer,
    user_id integer
);

CREATE TABLE reference (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    type reference_types,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT reference_pkey PRIMARY KEY (id),
    CONSTRAINT uix_reference_name_type_vulnerability_workspace UNIQUE (name, type, workspace_id)
);
CREATE INDEX ix_reference_workspace_id ON reference (workspace_id);

CREATE TABLE reference_template (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT reference_template_pkey PRIMARY KEY (id),
    CONSTRAINT uix_reference_template_name UNIQUE (name)
);

CREATE TABLE reference_template_vulnerability_association (
    vulnerability_id integer NOT NULL,
    reference_id integer NOT NULL,
    CONSTRAINT reference_template_vulnerability_association_pkey PRIMARY KEY (vulnerability_id, reference_id)
);

CREATE TABLE reference_vulnerability_association (
    vulnerability_id integer NOT NULL,
    reference_id integer NOT NULL,
    CONSTRAINT reference_vulnerability_association_pkey PRIMARY KEY (vulnerability_id, reference_id)
);
CREATE INDEX ix_reference_vulnerability_association_vulnerability_id ON reference_vulnerability_association (vulnerability_id);

CREATE TABLE role_permission (
    id serial,
    unit_action_id integer NOT NULL,
    role_id integer NOT NULL,
    allowed boolean NOT NULL,
    CONSTRAINT role_permission_pkey PRIMARY KEY (id),
    CONSTRAINT uix_unit_action_role UNIQUE (unit_action_id, role_id)
);
CREATE INDEX ix_role_permission_role_id ON role_permission (role_id);
CREATE INDEX ix_role_permission_unit_action_id ON role_permission (unit_action_id);

CREATE TABLE roles_users (
    user_id integer,
    role_id integer
);

CREATE TABLE scope (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT scope_pkey PRIMARY KEY (id),
    CONSTRAINT uix_scope_name_workspace UNIQUE (name, workspace_id)
);
CREATE INDEX ix_scope_workspace_id ON scope (workspace_id);

CREATE TABLE search_filter (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    json_query varchar NOT NULL,
    user_query varchar NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT search_filter_pkey PRIMARY KEY (id)
);

CREATE TABLE service (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    description text NOT NULL,
    port integer NOT NULL,
    owned boolean NOT NULL,
    protocol text NOT NULL,
    status service_statuses NOT NULL,
    version text NOT NULL,
    banner text NOT NULL,
    host_id integer NOT NULL,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT service_pkey PRIMARY KEY (id),
    CONSTRAINT uix_service_port_protocol_host_workspace UNIQUE (port, protocol, host_id, workspace_id)
);
CREATE INDEX ix_service_host_id ON service (host_id);
CREATE INDEX ix_service_workspace_id ON service (workspace_id);

CREATE TABLE severities_histogram (
    id serial,
    workspace_id integer NOT NULL,
    date date NOT NULL,
    medium integer NOT NULL,
    high integer NOT NULL,
    critical integer NOT NULL,
    confirmed integer NOT NULL,
    CONSTRAINT severities_histogram_pkey PRIMARY KEY (id),
    CONSTRAINT uix_severities_histogram_table_date_workspace_id UNIQUE (date, workspace_id)
);
CREATE INDEX ix_severities_histogram_workspace_id ON severities_histogram (workspace_id);

CREATE TABLE slack_notification (
    id serial,
    slack_id varchar NOT NULL,
    message varchar NOT NULL,
    processed boolean,
    CONSTRAINT slack_notification_pkey PRIMARY KEY (id)
);

CREATE TABLE source_code (
    create_date timestamp,
    update_date timestamp,
    id serial,
    filename text NOT NULL,
    function text NOT NULL,
    module text NOT NULL,
    workspace_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT source_code_pkey PRIMARY KEY (id),
    CONSTRAINT uix_source_code_filename_workspace UNIQUE (filename, workspace_id)
);
CREATE INDEX ix_source_code_workspace_id ON source_code (workspace_id);

CREATE TABLE tag (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    slug text NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT tag_pkey PRIMARY KEY (id),
    CONSTRAINT tag_name_key UNIQUE (name),
    CONSTRAINT tag_slug_key UNIQUE (slug)
);

CREATE TABLE tag_object (
    id serial,
    object_id integer NOT NULL,
    object_type object_types NOT NULL,
    tag_id integer,
    CONSTRAINT tag_object_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_tag_object_tag_id ON tag_object (tag_id);
CREATE INDEX ix_tag_object_type_object_id ON tag_object (object_type, object_id);

CREATE TABLE task_dependencies_association (
    task_id integer,
    task_dependency_id integer
);

CREATE TABLE user_avatar (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    photo varchar,
    user_id integer,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT user_avatar_pkey PRIMARY KEY (id),
    CONSTRAINT user_avatar_name_key UNIQUE (name)
);

CREATE TABLE user_notification (
    create_date timestamp,
    update_date timestamp,
    id serial,
    message text NOT NULL,
    extra_data jsonb,
    type varchar NOT NULL,
    subtype varchar NOT NULL,
    read boolean,
    triggered_by jsonb,
    user_id integer NOT NULL,
    links_to jsonb,
    event_date timestamp NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT user_notification_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_user_notification_user_id ON user_notification (user_id);

CREATE TABLE user_notification_settings (
    create_date timestamp,
    update_date timestamp,
    id serial,
    user_id integer,
    paused boolean,
    slack_id varchar,
    no_self_notify boolean,
    agents_enabled boolean,
    agents_app boolean,
    agents_email boolean,
    agents_slack boolean,
    analytics_enabled boolean,
    analytics_app boolean,
    analytics_email boolean,
    analytics_slack boolean,
    cli_enabled boolean,
    cli_app boolean,
    cli_email boolean,
    cli_slack boolean,
    comments_enabled boolean,
    comments_app boolean,
    comments_email boolean,
    comments_slack boolean,
    hosts_enabled boolean,
    hosts_app boolean,
    hosts_email boolean,
    hosts_slack boolean,
    users_enabled boolean,
    users_app boolean,
    users_email boolean,
    users_slack boolean,
    reports_enabled boolean,
    reports_app boolean,
    reports_email boolean,
    reports_slack boolean,
    vulnerabilities_enabled boolean,
    vulnerabilities_app boolean,
    vulnerabilities_email boolean,
    vulnerabilities_slack boolean,
    workspaces_enabled boolean,
    workspaces_app boolean,
    workspaces_email boolean,
    workspaces_slack boolean,
    pipelines_enabled boolean,
    pipelines_app boolean,
    pipelines_email boolean,
    pipelines_slack boolean,
    executive_reports_enabled boolean,
    executive_reports_app boolean,
    executive_reports_email boolean,
    executive_reports_slack boolean,
    planner_enabled boolean,
    planner_app boolean,
    planner_email boolean,
    planner_slack boolean,
    integrations_enabled boolean,
    integrations_app boolean,
    integrations_email boolean,
    integrations_slack boolean,
    other_enabled boolean,
    other_app boolean,
    other_email boolean,
    other_slack boolean,
    adv_high_crit_vuln_enabled boolean,
    adv_high_crit_vuln_app boolean,
    adv_high_crit_vuln_email boolean,
    adv_high_crit_vuln_slack boolean,
    adv_high_crit_vuln boolean,
    adv_risk_score_threshold_enabled boolean,
    adv_risk_score_threshold_app boolean,
    adv_risk_score_threshold_email boolean,
    adv_risk_score_threshold_slack boolean,
    adv_risk_score_threshold integer,
    adv_vuln_open_days_critical_enabled boolean,
    adv_vuln_open_days_critical_app boolean,
    adv_vuln_open_days_critical_email boolean,
    adv_vuln_open_days_critical_slack boolean,
    adv_vuln_open_days_critical integer,
    adv_vuln_open_days_high_enabled boolean,
    adv_vuln_open_days_high_app boolean,
    adv_vuln_open_days_high_email boolean,
    adv_vuln_open_days_high_slack boolean,
    adv_vuln_open_days_high integer,
    adv_vuln_open_days_medium_enabled boolean,
    adv_vuln_open_days_medium_app boolean,
    adv_vuln_open_days_medium_email boolean,
    adv_vuln_open_days_medium_slack boolean,
    adv_vuln_open_days_medium integer,
    adv_vuln_open_days_low_enabled boolean,
    adv_vuln_open_days_low_app boolean,
    adv_vuln_open_days_low_email boolean,
    adv_vuln_open_days_low_slack boolean,
    adv_vuln_open_days_low integer,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT user_notification_settings_pkey PRIMARY KEY (id)
);

CREATE TABLE user_token (
    create_date timestamp,
    update_date timestamp,
    id serial,
    user_id integer NOT NULL,
    token varchar NOT NULL,
    alias varchar NOT NULL,
    expires_at timestamp,
    scope token_scopes NOT NULL,
    revoked boolean NOT NULL,
    hide boolean NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT user_token_pkey PRIMARY KEY (id),
    CONSTRAINT user_token_token_key UNIQUE (token)
);
CREATE INDEX ix_user_token_user_id ON user_token (user_id);

CREATE TABLE vulnerabilities_related_association (
    task_id integer NOT NULL,
    vulnerability_id integer NOT NULL,
    CONSTRAINT vulnerabilities_related_association_pkey PRIMARY KEY (task_id, vulnerability_id)
);
CREATE INDEX ix_vulnerabilities_related_association_vulnerability_id ON vulnerabilities_related_association (vulnerability_id);

CREATE TABLE vulnerability (
    create_date timestamp,
    update_date timestamp,
    data text NOT NULL,
    description text NOT NULL,
    ease_of_resolution vulnerability_ease_of_resolution,
    name text NOT NULL,
    resolution text NOT NULL,
    severity vulnerability_severity NOT NULL,
    risk integer,
    impact_accountability boolean NOT NULL,
    impact_availability boolean NOT NULL,
    impact_confidentiality boolean NOT NULL,
    impact_integrity boolean NOT NULL,
    external_id text NOT NULL,
    custom_fields jsonb,
    id serial,
    _tmp_id integer,
    confirmed boolean NOT NULL,
    status vulnerability_statuses NOT NULL,
    type vulnerability_types NOT NULL,
    issuetracker text NOT NULL,
    association_date timestamp,
    disassociated_manually boolean NOT NULL,
    tool text NOT NULL,
    method text NOT NULL,
    parameters text NOT NULL,
    parameter_name text NOT NULL,
    path text NOT NULL,
    query_string text NOT NULL,
    request text NOT NULL,
    response text NOT NULL,
    website text NOT NULL,
    status_code integer,
    epss double precision,
    is_main boolean,
    vulnerability_duplicate_id integer,
    group_id integer,
    is_automatic boolean,
    group_title text,
    vulnerability_template_id integer,
    workspace_id integer NOT NULL,
    _cvss2_vector_string text,
    cvss2_base_score double precision,
    cvss2_exploitability_score double precision,
    cvss2_impact_score double precision,
    cvss2_base_severity text,
    cvss2_temporal_score double precision,
    cvss2_temporal_severity text,
    cvss2_environmental_score double precision,
    cvss2_environmental_severity text,
    cvss2_access_vector text,
    cvss2_access_complexity text,
    cvss2_authentication text,
    cvss2_confidentiality_impact text,
    cvss2_integrity_impact text,
    cvss2_availability_impact text,
    cvss2_exploitability text,
    cvss2_remediation_level text,
    cvss2_report_confidence text,
    cvss2_collateral_damage_potential text,
    cvss2_target_distribution text,
    cvss2_confidentiality_requirement text,
    cvss2_integrity_requirement text,
    cvss2_availability_requirement text,
    last_detected timestamp,
    _cvss3_vector_string text,
    cvss3_base_score double precision,
    cvss3_exploitability_score double precision,
    cvss3_impact_score double precision,
    cvss3_base_severity text,
    cvss3_temporal_score double precision,
    cvss3_temporal_severity text,
    cvss3_environmental_score double precision,
    cvss3_environmental_severity text,
    cvss3_attack_vector text,
    cvss3_attack_complexity text,
    cvss3_privileges_required text,
    cvss3_user_interaction text,
    cvss3_confidentiality_impact text,
    cvss3_integrity_impact text,
    cvss3_availability_impact text,
    cvss3_exploit_code_maturity text,
    cvss3_remediation_level text,
    cvss3_report_confidence text,
    cvss3_confidentiality_requirement text,
    cvss3_integrity_requirement text,
    cvss3_availability_requirement text,
    cvss3_modified_attack_vector text,
    cvss3_modified_attack_complexity text,
    cvss3_modified_privileges_required text,
    cvss3_modified_user_interaction text,
    cvss3_modified_scope text,
    cvss3_modified_confidentiality_impact text,
    cvss3_modified_integrity_impact text,
    cvss3_modified_availability_impact text,
    cvss3_scope text,
    _cvss4_vector_string text,
    cvss4_base_score double precision,
    cvss4_base_severity text,
    cvss4_attack_vector text,
    cvss4_attack_complexity text,
    cvss4_attack_requirements text,
    cvss4_privileges_required text,
    cvss4_user_interaction text,
    cvss4_vulnerable_system_confidentiality_impact text,
    cvss4_subsequent_system_confidentiality_impact text,
    cvss4_vulnerable_system_integrity_impact text,
    cvss4_subsequent_system_integrity_impact text,
    cvss4_vulnerable_system_availability_impact text,
    cvss4_subsequent_system_availability_impact text,
    cvss4_safety text,
    cvss4_automatable text,
    cvss4_recovery text,
    cvss4_value_density text,
    cvss4_vulnerability_response_effort text,
    cvss4_provider_urgency text,
    cvss4_modified_attack_vector text,
    cvss4_modified_attack_complexity text,
    cvss4_modified_attack_requirements text,
    cvss4_modified_privileges_required text,
    cvss4_modified_user_interaction text,
    cvss4_modified_vulnerable_system_confidentiality_impact text,
    cvss4_modified_subsequent_system_confidentiality_impact text,
    cvss4_modified_vulnerable_system_integrity_impact text,
    cvss4_modified_subsequent_system_integrity_impact text,
    cvss4_modified_vulnerable_system_availability_impact text,
    cvss4_modified_subsequent_system_availability_impact text,
    cvss4_confidentiality_requirement text,
    cvss4_integrity_requirement text,
    cvss4_availability_requirement text,
    cvss4_exploit_maturity text,
    host_id integer,
    creator_id integer,
    update_user_id integer,
    service_id integer,
    code text NOT NULL,
    start_line integer,
    end_line integer,
    source_code_id integer,
    CONSTRAINT vulnerability_pkey PRIMARY KEY (id),
    CONSTRAINT check_vulnerability_host_service_source_code CHECK ((((((host_id IS NOT NULL))::integer + ((service_id IS NOT NULL))::integer) + ((source_code_id IS NOT NULL))::integer) = 1))
);
CREATE INDEX idx_vulnerability_severity_hostid_serviceid ON vulnerability (severity, host_id, service_id);
CREATE INDEX ix_vulnerability_group_id ON vulnerability (group_id);
CREATE INDEX ix_vulnerability_host_id ON vulnerability (host_id);
CREATE INDEX ix_vulnerability_service_id ON vulnerability (service_id);
CREATE INDEX ix_vulnerability_severity ON vulnerability (severity);
CREATE INDEX ix_vulnerability_severity_serviceid ON vulnerability (severity, service_id);
CREATE INDEX ix_vulnerability_source_code_id ON vulnerability (source_code_id);
CREATE INDEX ix_vulnerability_vulnerability_template_id ON vulnerability (vulnerability_template_id);
CREATE INDEX ix_vulnerability_workspace_id ON vulnerability (workspace_id);
CREATE INDEX ix_vulnerability_workspace_id_risk ON vulnerability (workspace_id);
CREATE UNIQUE INDEX uix_vulnerability ON vulnerability (md5(name), md5(description), type, COALESCE(host_id, '-1'::integer), COALESCE(service_id, '-1'::integer), COALESCE(md5(method), ''::text), COALESCE(md5(parameter_name), ''::text), COALESCE(md5(path), ''::text), COALESCE(md5(website), ''::text), workspace_id, COALESCE(source_code_id, '-1'::integer));

CREATE TABLE vulnerability_group (
    id serial,
    title text NOT NULL,
    is_automatic boolean,
    count integer NOT NULL,
    workspace_id integer NOT NULL,
    CONSTRAINT vulnerability_group_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_vulnerability_group_workspace_id ON vulnerability_group (workspace_id);

CREATE TABLE vulnerability_hit_count (
    id serial,
    workspace_id integer NOT NULL,
    date date NOT NULL,
    low_open_unconfirmed integer NOT NULL,
    low_open_confirmed integer NOT NULL,
    low_risk_accepted_unconfirmed integer NOT NULL,
    low_risk_accepted_confirmed integer NOT NULL,
    low_re_opened_unconfirmed integer NOT NULL,
    low_re_opened_confirmed integer NOT NULL,
    low_closed_unconfirmed integer NOT NULL,
    low_closed_confirmed integer NOT NULL,
    medium_open_unconfirmed integer NOT NULL,
    medium_open_confirmed integer NOT NULL,
    medium_risk_accepted_unconfirmed integer NOT NULL,
    medium_risk_accepted_confirmed integer NOT NULL,
    medium_re_opened_unconfirmed integer NOT NULL,
    medium_re_opened_confirmed integer NOT NULL,
    medium_closed_unconfirmed integer NOT NULL,
    medium_closed_confirmed integer NOT NULL,
    high_open_unconfirmed integer NOT NULL,
    high_open_confirmed integer NOT NULL,
    high_risk_accepted_unconfirmed integer NOT NULL,
    high_risk_accepted_confirmed integer NOT NULL,
    high_re_opened_unconfirmed integer NOT NULL,
    high_re_opened_confirmed integer NOT NULL,
    high_closed_unconfirmed integer NOT NULL,
    high_closed_confirmed integer NOT NULL,
    critical_open_unconfirmed integer NOT NULL,
    critical_open_confirmed integer NOT NULL,
    critical_risk_accepted_unconfirmed integer NOT NULL,
    critical_risk_accepted_confirmed integer NOT NULL,
    critical_re_opened_unconfirmed integer NOT NULL,
    critical_re_opened_confirmed integer NOT NULL,
    critical_closed_unconfirmed integer NOT NULL,
    critical_closed_confirmed integer NOT NULL,
    CONSTRAINT vulnerability_hit_count_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_vulnerability_hit_count_workspace_id ON vulnerability_hit_count (workspace_id);

CREATE TABLE vulnerability_reference (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name text NOT NULL,
    type reference_types,
    vulnerability_id integer NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT vulnerability_reference_pkey PRIMARY KEY (id),
    CONSTRAINT uix_vulnerability_reference_table_vuln_id_name_type UNIQUE (name, type, vulnerability_id)
);
CREATE INDEX ix_vulnerability_reference_vulnerability_id ON vulnerability_reference (vulnerability_id);

CREATE TABLE vulnerability_status_history (
    id serial,
    status vulnerability_status_history_statuses NOT NULL,
    change_date timestamp,
    vulnerability_id integer NOT NULL,
    user_id integer,
    CONSTRAINT vulnerability_status_history_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_user_id_vulnerability_status_history ON vulnerability_status_history (user_id);
CREATE INDEX ix_vulnerability_status_history_change_date ON vulnerability_status_history (change_date);
CREATE INDEX ix_vulnerability_status_history_vuln_status ON vulnerability_status_history (vulnerability_id, status);
CREATE INDEX ix_vulnerability_status_history_vulnerability_id ON vulnerability_status_history (vulnerability_id);

CREATE TABLE vulnerability_template (
    create_date timestamp,
    update_date timestamp,
    id serial,
    data text NOT NULL,
    description text NOT NULL,
    ease_of_resolution vulnerability_ease_of_resolution,
    name text NOT NULL,
    resolution text NOT NULL,
    severity vulnerability_severity NOT NULL,
    risk integer,
    impact_accountability boolean NOT NULL,
    impact_availability boolean NOT NULL,
    impact_confidentiality boolean NOT NULL,
    impact_integrity boolean NOT NULL,
    external_id text NOT NULL,
    custom_fields jsonb,
    shipped boolean NOT NULL,
    _cvss2_vector_string text,
    _cvss3_vector_string text,
    _cvss4_vector_string text,
    cve text,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT vulnerability_template_pkey PRIMARY KEY (id),
    CONSTRAINT uix_vulnerability_template_name UNIQUE (name)
);
CREATE INDEX ix_vulnerability_template_severity ON vulnerability_template (severity);

CREATE TABLE webhook_notification (
    id integer NOT NULL,
    CONSTRAINT webhook_notification_pkey PRIMARY KEY (id)
);

CREATE TABLE websocket_notification (
    id integer NOT NULL,
    user_notified_id integer,
    mark_read boolean,
    CONSTRAINT websocket_notification_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_websocket_notification_mark_read ON websocket_notification (mark_read);
CREATE INDEX ix_websocket_notification_user_notified_id ON websocket_notification (user_notified_id);

CREATE TABLE workflow (
    create_date timestamp,
    update_date timestamp,
    id serial,
    name varchar NOT NULL,
    description varchar NOT NULL,
    model valid_workflow_models NOT NULL,
    enabled boolean NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT workflow_pkey PRIMARY KEY (id),
    CONSTRAINT workflow_name_key UNIQUE (name)
);

CREATE TABLE workflow_execution (
    create_date timestamp,
    update_date timestamp,
    id serial,
    successful boolean NOT NULL,
    message varchar NOT NULL,
    workflow_id integer NOT NULL,
    object_and_id varchar NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT workflow_execution_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_workflow_execution_workflow_id ON workflow_execution (workflow_id);

CREATE TABLE workspace (
    create_date timestamp,
    update_date timestamp,
    id serial,
    customer varchar(250) NOT NULL,
    description text NOT NULL,
    active boolean NOT NULL,
    readonly boolean NOT NULL,
    end_date timestamp,
    name varchar(250) NOT NULL,
    public boolean NOT NULL,
    start_date timestamp,
    risk_history_total jsonb NOT NULL,
    risk_history_avg jsonb NOT NULL,
    force_lowercase_assets boolean NOT NULL,
    group_by group_by,
    group_algorithm group_algorithm,
    group_threshold integer,
    host_count integer NOT NULL,
    host_confirmed_count integer NOT NULL,
    host_notclosed_count integer NOT NULL,
    host_notclosed_confirmed_count integer NOT NULL,
    open_service_count integer NOT NULL,
    total_service_count integer NOT NULL,
    service_confirmed_count integer NOT NULL,
    service_notclosed_count integer NOT NULL,
    service_notclosed_confirmed_count integer NOT NULL,
    vulnerability_web_count integer NOT NULL,
    vulnerability_code_count integer NOT NULL,
    vulnerability_standard_count integer NOT NULL,
    vulnerability_open_count integer NOT NULL,
    vulnerability_re_opened_count integer NOT NULL,
    vulnerability_risk_accepted_count integer NOT NULL,
    vulnerability_closed_count integer NOT NULL,
    vulnerability_confirmed_count integer NOT NULL,
    vulnerability_notclosed_count integer NOT NULL,
    vulnerability_notclosed_confirmed_count integer NOT NULL,
    vulnerability_total_count integer NOT NULL,
    vulnerability_high_count integer NOT NULL,
    vulnerability_critical_count integer NOT NULL,
    vulnerability_medium_count integer NOT NULL,
    vulnerability_low_count integer NOT NULL,
    vulnerability_informational_count integer NOT NULL,
    vulnerability_unclassified_count integer NOT NULL,
    vulnerability_web_confirmed_count integer NOT NULL,
    vulnerability_code_confirmed_count integer NOT NULL,
    vulnerability_standard_confirmed_count integer NOT NULL,
    vulnerability_open_confirmed_count integer NOT NULL,
    vulnerability_re_opened_confirmed_count integer NOT NULL,
    vulnerability_risk_accepted_confirmed_count integer NOT NULL,
    vulnerability_closed_confirmed_count integer NOT NULL,
    vulnerability_high_confirmed_count integer NOT NULL,
    vulnerability_critical_confirmed_count integer NOT NULL,
    vulnerability_medium_confirmed_count integer NOT NULL,
    vulnerability_low_confirmed_count integer NOT NULL,
    vulnerability_informational_confirmed_count integer NOT NULL,
    vulnerability_unclassified_confirmed_count integer NOT NULL,
    vulnerability_web_notclosed_count integer NOT NULL,
    vulnerability_code_notclosed_count integer NOT NULL,
    vulnerability_standard_notclosed_count integer NOT NULL,
    vulnerability_high_notclosed_count integer NOT NULL,
    vulnerability_critical_notclosed_count integer NOT NULL,
    vulnerability_medium_notclosed_count integer NOT NULL,
    vulnerability_low_notclosed_count integer NOT NULL,
    vulnerability_informational_notclosed_count integer NOT NULL,
    vulnerability_unclassified_notclosed_count integer NOT NULL,
    vulnerability_web_notclosed_confirmed_count integer NOT NULL,
    vulnerability_code_notclosed_confirmed_count integer NOT NULL,
    vulnerability_standard_notclosed_confirmed_count integer NOT NULL,
    vulnerability_high_notclosed_confirmed_count integer NOT NULL,
    vulnerability_critical_notclosed_confirmed_count integer NOT NULL,
    vulnerability_medium_notclosed_confirmed_count integer NOT NULL,
    vulnerability_low_notclosed_confirmed_count integer NOT NULL,
    vulnerability_informational_notclosed_confirmed_count integer NOT NULL,
    vulnerability_unclassified_notclosed_confirmed_count integer NOT NULL,
    importance integer,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT workspace_pkey PRIMARY KEY (id),
    CONSTRAINT workspace_name_key UNIQUE (name)
);

CREATE TABLE workspace_permission_association (
    workspace_id integer NOT NULL,
    user_id integer NOT NULL,
    id serial,
    CONSTRAINT workspace_permission_association_pkey PRIMARY KEY (id)
);

CREATE TABLE workspace_summary_report (
    create_date timestamp,
    update_date timestamp,
    id serial,
    user_id integer NOT NULL,
    workspace_id integer NOT NULL,
    recipients jsonb NOT NULL,
    summary_period_type summary_period_types NOT NULL,
    creator_id integer,
    update_user_id integer,
    CONSTRAINT workspace_summary_report_pkey PRIMARY KEY (id),
    CONSTRAINT uix_workspace_summary_report_creator_workspace UNIQUE (creator_id, workspace_id)
);
CREATE INDEX ix_workspace_summary_report_user_id ON workspace_summary_report (user_id);
CREATE INDEX ix_workspace_summary_report_workspace_id ON workspace_summary_report (workspace_id);

ALTER TABLE action
    ADD CONSTRAINT action_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT action_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT action_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflow(id);
ALTER TABLE agent
    ADD CONSTRAINT agent_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT agent_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE agent_execution
    ADD CONSTRAINT agent_execution_command_id_fkey FOREIGN KEY (command_id) REFERENCES command(id) ON DELETE SET NULL,
    ADD CONSTRAINT agent_execution_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT agent_execution_executor_id_fkey FOREIGN KEY (executor_id) REFERENCES executor(id),
    ADD CONSTRAINT agent_execution_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT agent_execution_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE agent_schedule
    ADD CONSTRAINT agent_schedule_cloud_agent_id_fkey FOREIGN KEY (cloud_agent_id) REFERENCES cloud_agent(id),
    ADD CONSTRAINT agent_schedule_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT agent_schedule_executor_id_fkey FOREIGN KEY (executor_id) REFERENCES executor(id),
    ADD CONSTRAINT agent_schedule_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE agents_schedule_workspace_table
    ADD CONSTRAINT agents_schedule_workspace_table_agents_schedule_id_fkey FOREIGN KEY (agents_schedule_id) REFERENCES agent_schedule(id),
    ADD CONSTRAINT agents_schedule_workspace_table_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE analytics
    ADD CONSTRAINT analytics_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT analytics_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE association_pipelines_and_jobs_table
    ADD CONSTRAINT association_pipelines_and_jobs_table_pipeline_id_fkey FOREIGN KEY (pipeline_id) REFERENCES pipeline(id),
    ADD CONSTRAINT association_pipelines_and_jobs_table_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflow(id);
ALTER TABLE association_table_vulnerabilities_credentials
    ADD CONSTRAINT association_table_vulnerabilities_credent_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE,
    ADD CONSTRAINT association_table_vulnerabilities_credential_credential_id_fkey FOREIGN KEY (credential_id) REFERENCES credential(id) ON DELETE CASCADE;
ALTER TABLE base_notification
    ADD CONSTRAINT base_notification_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT base_notification_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE cloud_agent
    ADD CONSTRAINT cloud_agent_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT cloud_agent_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE cloud_agent_execution
    ADD CONSTRAINT cloud_agent_execution_cloud_agent_id_fkey FOREIGN KEY (cloud_agent_id) REFERENCES cloud_agent(id) ON DELETE CASCADE,
    ADD CONSTRAINT cloud_agent_execution_command_id_fkey FOREIGN KEY (command_id) REFERENCES command(id) ON DELETE SET NULL,
    ADD CONSTRAINT cloud_agent_execution_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT cloud_agent_execution_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT cloud_agent_execution_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE command
    ADD CONSTRAINT command_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT command_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT command_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE command_object
    ADD CONSTRAINT command_object_command_id_fkey FOREIGN KEY (command_id) REFERENCES command(id) ON DELETE SET NULL,
    ADD CONSTRAINT command_object_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE comment
    ADD CONSTRAINT comment_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT comment_reply_to_id_fkey FOREIGN KEY (reply_to_id) REFERENCES comment(id) ON DELETE SET NULL,
    ADD CONSTRAINT comment_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT comment_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE condition
    ADD CONSTRAINT condition_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT condition_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES condition(id),
    ADD CONSTRAINT condition_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT condition_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflow(id);
ALTER TABLE configuration
    ADD CONSTRAINT configuration_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT configuration_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE credential
    ADD CONSTRAINT credential_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT credential_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT credential_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE cve_association
    ADD CONSTRAINT cve_association_cve_id_fkey FOREIGN KEY (cve_id) REFERENCES cve(id),
    ADD CONSTRAINT cve_association_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE cwe
    ADD CONSTRAINT cwe_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT cwe_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE cwe_vulnerability_association
    ADD CONSTRAINT cwe_vulnerability_association_cwe_id_fkey FOREIGN KEY (cwe_id) REFERENCES cwe(id) ON DELETE CASCADE,
    ADD CONSTRAINT cwe_vulnerability_association_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE executive_report
    ADD CONSTRAINT executive_report_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT executive_report_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE executive_report_workspace_table
    ADD CONSTRAINT executive_report_workspace_table_executive_report_id_fkey FOREIGN KEY (executive_report_id) REFERENCES executive_report(id) ON DELETE CASCADE,
    ADD CONSTRAINT executive_report_workspace_table_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE executor
    ADD CONSTRAINT executor_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES agent(id) ON DELETE CASCADE,
    ADD CONSTRAINT executor_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT executor_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE faraday_role
    ADD CONSTRAINT faraday_role_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT faraday_role_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE file
    ADD CONSTRAINT file_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT file_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE host
    ADD CONSTRAINT host_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT host_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT host_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE hostname
    ADD CONSTRAINT hostname_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT hostname_host_id_fkey FOREIGN KEY (host_id) REFERENCES host(id) ON DELETE CASCADE,
    ADD CONSTRAINT hostname_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT hostname_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE license
    ADD CONSTRAINT license_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT license_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE mail_notification
    ADD CONSTRAINT mail_notification_id_fkey FOREIGN KEY (id) REFERENCES notification_base(id);
ALTER TABLE methodology
    ADD CONSTRAINT methodology_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT methodology_template_id_fkey FOREIGN KEY (template_id) REFERENCES methodology_template(id) ON DELETE SET NULL,
    ADD CONSTRAINT methodology_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT methodology_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE methodology_template
    ADD CONSTRAINT methodology_template_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT methodology_template_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE notification
    ADD CONSTRAINT notification_user_notified_id_fkey FOREIGN KEY (user_notified_id) REFERENCES faraday_user(id),
    ADD CONSTRAINT notification_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE notification_allowed_roles
    ADD CONSTRAINT notification_allowed_roles_allowed_role_id_fkey FOREIGN KEY (allowed_role_id) REFERENCES faraday_role(id),
    ADD CONSTRAINT notification_allowed_roles_notification_subscription_id_fkey FOREIGN KEY (notification_subscription_id) REFERENCES notification_subscription(id);
ALTER TABLE notification_base
    ADD CONSTRAINT notification_base_notification_event_id_fkey FOREIGN KEY (notification_event_id) REFERENCES notification_event(id) ON DELETE CASCADE,
    ADD CONSTRAINT notification_base_notification_subscription_config_id_fkey FOREIGN KEY (notification_subscription_config_id) REFERENCES notification_subscription_config_base(id);
ALTER TABLE notification_event
    ADD CONSTRAINT notification_event_event_type_id_fkey FOREIGN KEY (event_type_id) REFERENCES event_type(id),
    ADD CONSTRAINT notification_event_object_type_id_fkey FOREIGN KEY (object_type_id) REFERENCES object_type(id),
    ADD CONSTRAINT notification_event_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE notification_subscription
    ADD CONSTRAINT notification_subscription_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT notification_subscription_event_type_id_fkey FOREIGN KEY (event_type_id) REFERENCES event_type(id),
    ADD CONSTRAINT notification_subscription_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE notification_subscription_config_base
    ADD CONSTRAINT notification_subscription_config_base_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES notification_subscription(id);
ALTER TABLE notification_subscription_mail_config
    ADD CONSTRAINT notification_subscription_mail_config_id_fkey FOREIGN KEY (id) REFERENCES notification_subscription_config_base(id),
    ADD CONSTRAINT notification_subscription_mail_config_user_notified_id_fkey FOREIGN KEY (user_notified_id) REFERENCES faraday_user(id);
ALTER TABLE notification_subscription_webhook_config
    ADD CONSTRAINT notification_subscription_webhook_config_id_fkey FOREIGN KEY (id) REFERENCES notification_subscription_config_base(id);
ALTER TABLE notification_subscription_websocket_config
    ADD CONSTRAINT notification_subscription_websocket_confi_user_notified_id_fkey FOREIGN KEY (user_notified_id) REFERENCES faraday_user(id),
    ADD CONSTRAINT notification_subscription_websocket_config_id_fkey FOREIGN KEY (id) REFERENCES notification_subscription_config_base(id);
ALTER TABLE owasp
    ADD CONSTRAINT owasp_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT owasp_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE owasp_vulnerability_association
    ADD CONSTRAINT owasp_vulnerability_association_owasp_id_fkey FOREIGN KEY (owasp_id) REFERENCES owasp(id) ON DELETE CASCADE,
    ADD CONSTRAINT owasp_vulnerability_association_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE permissions_unit
    ADD CONSTRAINT permissions_unit_permissions_group_id_fkey FOREIGN KEY (permissions_group_id) REFERENCES permissions_group(id);
ALTER TABLE permissions_unit_action
    ADD CONSTRAINT permissions_unit_action_permissions_unit_id_fkey FOREIGN KEY (permissions_unit_id) REFERENCES permissions_unit(id);
ALTER TABLE pipeline
    ADD CONSTRAINT pipeline_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT pipeline_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT pipeline_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE SET NULL;
ALTER TABLE planner_project
    ADD CONSTRAINT planner_project_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT planner_project_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE policy_violation
    ADD CONSTRAINT policy_violation_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT policy_violation_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT policy_violation_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE policy_violation_template
    ADD CONSTRAINT policy_violation_template_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT policy_violation_template_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE policy_violation_template_vulnerability_association
    ADD CONSTRAINT policy_violation_template_vulnerabilit_policy_violation_id_fkey FOREIGN KEY (policy_violation_id) REFERENCES policy_violation_template(id),
    ADD CONSTRAINT policy_violation_template_vulnerability_a_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability_template(id) ON DELETE CASCADE;
ALTER TABLE policy_violation_vulnerability_association
    ADD CONSTRAINT policy_violation_vulnerability_associa_policy_violation_id_fkey FOREIGN KEY (policy_violation_id) REFERENCES policy_violation(id) ON DELETE CASCADE,
    ADD CONSTRAINT policy_violation_vulnerability_associatio_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE project_task
    ADD CONSTRAINT project_task_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT project_task_project_id_fkey FOREIGN KEY (project_id) REFERENCES planner_project(id),
    ADD CONSTRAINT project_task_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE project_task_user_association
    ADD CONSTRAINT project_task_user_association_task_id_fkey FOREIGN KEY (task_id) REFERENCES project_task(id),
    ADD CONSTRAINT project_task_user_association_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id) ON DELETE CASCADE;
ALTER TABLE reference
    ADD CONSTRAINT reference_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT reference_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT reference_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE reference_template
    ADD CONSTRAINT reference_template_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT reference_template_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE reference_template_vulnerability_association
    ADD CONSTRAINT reference_template_vulnerability_associat_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability_template(id) ON DELETE CASCADE,
    ADD CONSTRAINT reference_template_vulnerability_association_reference_id_fkey FOREIGN KEY (reference_id) REFERENCES reference_template(id);
ALTER TABLE reference_vulnerability_association
    ADD CONSTRAINT reference_vulnerability_association_reference_id_fkey FOREIGN KEY (reference_id) REFERENCES reference(id) ON DELETE CASCADE,
    ADD CONSTRAINT reference_vulnerability_association_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE role_permission
    ADD CONSTRAINT role_permission_role_id_fkey FOREIGN KEY (role_id) REFERENCES faraday_role(id),
    ADD CONSTRAINT role_permission_unit_action_id_fkey FOREIGN KEY (unit_action_id) REFERENCES permissions_unit_action(id);
ALTER TABLE roles_users
    ADD CONSTRAINT roles_users_role_id_fkey FOREIGN KEY (role_id) REFERENCES faraday_role(id),
    ADD CONSTRAINT roles_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id);
ALTER TABLE scope
    ADD CONSTRAINT scope_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT scope_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT scope_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE search_filter
    ADD CONSTRAINT search_filter_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT search_filter_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE service
    ADD CONSTRAINT service_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT service_host_id_fkey FOREIGN KEY (host_id) REFERENCES host(id) ON DELETE CASCADE,
    ADD CONSTRAINT service_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT service_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE severities_histogram
    ADD CONSTRAINT severities_histogram_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE source_code
    ADD CONSTRAINT source_code_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT source_code_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT source_code_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id);
ALTER TABLE tag
    ADD CONSTRAINT tag_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT tag_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE tag_object
    ADD CONSTRAINT tag_object_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tag(id);
ALTER TABLE task_dependencies_association
    ADD CONSTRAINT task_dependencies_association_task_dependency_id_fkey FOREIGN KEY (task_dependency_id) REFERENCES project_task(id) ON DELETE CASCADE,
    ADD CONSTRAINT task_dependencies_association_task_id_fkey FOREIGN KEY (task_id) REFERENCES project_task(id);
ALTER TABLE user_avatar
    ADD CONSTRAINT user_avatar_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_avatar_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_avatar_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id);
ALTER TABLE user_notification
    ADD CONSTRAINT user_notification_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_notification_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_notification_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id);
ALTER TABLE user_notification_settings
    ADD CONSTRAINT user_notification_settings_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_notification_settings_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_notification_settings_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id);
ALTER TABLE user_token
    ADD CONSTRAINT user_token_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_token_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT user_token_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id) ON DELETE CASCADE;
ALTER TABLE vulnerabilities_related_association
    ADD CONSTRAINT vulnerabilities_related_association_task_id_fkey FOREIGN KEY (task_id) REFERENCES project_task(id),
    ADD CONSTRAINT vulnerabilities_related_association_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE vulnerability
    ADD CONSTRAINT vulnerability_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_group_id_fkey FOREIGN KEY (group_id) REFERENCES vulnerability_group(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_host_id_fkey FOREIGN KEY (host_id) REFERENCES host(id) ON DELETE CASCADE,
    ADD CONSTRAINT vulnerability_service_id_fkey FOREIGN KEY (service_id) REFERENCES service(id) ON DELETE CASCADE,
    ADD CONSTRAINT vulnerability_source_code_id_fkey FOREIGN KEY (source_code_id) REFERENCES source_code(id) ON DELETE CASCADE,
    ADD CONSTRAINT vulnerability_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_vulnerability_template_id_fkey FOREIGN KEY (vulnerability_template_id) REFERENCES vulnerability_template(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE vulnerability_group
    ADD CONSTRAINT vulnerability_group_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE vulnerability_hit_count
    ADD CONSTRAINT vulnerability_hit_count_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE vulnerability_reference
    ADD CONSTRAINT vulnerability_reference_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_reference_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_reference_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE vulnerability_status_history
    ADD CONSTRAINT vulnerability_status_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_status_history_vulnerability_id_fkey FOREIGN KEY (vulnerability_id) REFERENCES vulnerability(id) ON DELETE CASCADE;
ALTER TABLE vulnerability_template
    ADD CONSTRAINT vulnerability_template_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT vulnerability_template_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE webhook_notification
    ADD CONSTRAINT webhook_notification_id_fkey FOREIGN KEY (id) REFERENCES notification_base(id);
ALTER TABLE websocket_notification
    ADD CONSTRAINT websocket_notification_id_fkey FOREIGN KEY (id) REFERENCES notification_base(id) ON DELETE CASCADE,
    ADD CONSTRAINT websocket_notification_user_notified_id_fkey FOREIGN KEY (user_notified_id) REFERENCES faraday_user(id);
ALTER TABLE workflow
    ADD CONSTRAINT workflow_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workflow_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE workflow_execution
    ADD CONSTRAINT workflow_execution_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workflow_execution_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workflow_execution_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES workflow(id);
ALTER TABLE workspace
    ADD CONSTRAINT workspace_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workspace_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL;
ALTER TABLE workspace_permission_association
    ADD CONSTRAINT workspace_permission_association_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id),
    ADD CONSTRAINT workspace_permission_association_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
ALTER TABLE workspace_summary_report
    ADD CONSTRAINT workspace_summary_report_creator_id_fkey FOREIGN KEY (creator_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workspace_summary_report_update_user_id_fkey FOREIGN KEY (update_user_id) REFERENCES faraday_user(id) ON DELETE SET NULL,
    ADD CONSTRAINT workspace_summary_report_user_id_fkey FOREIGN KEY (user_id) REFERENCES faraday_user(id) ON DELETE CASCADE,
    ADD CONSTRAINT workspace_summary_report_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspace(id) ON DELETE CASCADE;
