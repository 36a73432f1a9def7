-- The bridge's own schema. No foreign keys into Faraday's tables: they are the user's, and rows there come and go.
-- Times are timestamptz from the database's clock only (rule L2).

CREATE TABLE issue_link (
    id                   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    vulnerability_id     integer     NOT NULL,
    workspace_id         integer     NOT NULL,
    project_key          text        NOT NULL,
    issue_type           text        NOT NULL,
    issue_id             text        NOT NULL, -- immutable in Jira, unlike the key
    issue_key            text        NOT NULL,
    created_at           timestamptz NOT NULL DEFAULT now(),
    -- why the link is over (unlinked, vulnerability deleted); an ended link is history and never worked on
    ended_at             timestamptz,
    ended_reason         text,
    -- the pair that both sides last agreed on
    faraday_status       text        NOT NULL,
    jira_status_id       text        NOT NULL,
    jira_status_name     text        NOT NULL,
    settled_at           timestamptz NOT NULL DEFAULT now(),
    -- L1, L2: who works on the link, until when
    lease_token          uuid,
    lease_until          timestamptz,
    -- L3: what Jira's side told us (webhook, sweep), and how much of it a look has covered
    hints                bigint      NOT NULL DEFAULT 0,
    hints_seen           bigint      NOT NULL DEFAULT 0,
    -- L4: hints equal to driving_to, counted apart: probably our own echo
    echo_hints           bigint      NOT NULL DEFAULT 0,
    hint_user_id         integer,              -- whose token the newest webhook carried; null: a sweep
    hint_correlation     text,
    -- what Faraday's side told us (queue vuln-status); its truth is the vulnerability row itself
    faraday_hints        bigint      NOT NULL DEFAULT 0,
    faraday_hints_seen   bigint      NOT NULL DEFAULT 0,
    -- L8: the intention, saved before the call
    driving_from         text,
    driving_to_id        text,
    driving_to_name      text,
    driving_since        timestamptz,
    -- retry by row
    retry_at             timestamptz,
    attempts             integer     NOT NULL DEFAULT 0,
    -- L5: a decision that could not be carried out, and what it was made on
    blocked_reason       text,
    blocked_code         text,
    blocked_faraday      text,
    blocked_jira_id      text,
    blocked_jira_name    text,
    blocked_version      text,
    blocked_at           timestamptz,
    CHECK ((driving_since IS NULL) = (driving_from IS NULL)),
    CHECK ((lease_token IS NULL) = (lease_until IS NULL)),
    CHECK ((blocked_reason IS NULL) = (blocked_at IS NULL))
);
CREATE UNIQUE INDEX issue_link_vulnerability ON issue_link (vulnerability_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX issue_link_issue ON issue_link (issue_id) WHERE ended_at IS NULL;
CREATE INDEX issue_link_key ON issue_link (issue_key) WHERE ended_at IS NULL;
CREATE INDEX issue_link_retry ON issue_link (retry_at) WHERE ended_at IS NULL AND retry_at IS NOT NULL;

-- The newest hint for an issue that is not linked yet: a link being saved looks here, so that neither misses the other.
CREATE TABLE unlinked_hint (
    issue_key    text        PRIMARY KEY,
    status_name  text        NOT NULL,
    user_id      integer,
    received_at  timestamptz NOT NULL DEFAULT now(),
    received     bigint      NOT NULL DEFAULT 1
);

CREATE TABLE export_batch (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id        integer,
    username       text        NOT NULL,
    source         text        NOT NULL, -- api, queue
    project_key    text        NOT NULL,
    issue_type     text        NOT NULL,
    correlation_id text        NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE export_item (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    batch_id         bigint      NOT NULL REFERENCES export_batch (id),
    vulnerability_id integer     NOT NULL,
    project_key      text        NOT NULL,
    issue_type       text        NOT NULL,
    state            text        NOT NULL CHECK (state IN
                         ('reserved', 'sending', 'unknown', 'linked', 'held', 'refused', 'given-up')),
    faraday_status   text,                 -- the vulnerability's status when it was reserved: becomes F0
    marker           uuid        NOT NULL DEFAULT gen_random_uuid(),
    -- E6: markers of items given up earlier for this vulnerability, looked for before anything is created
    inherited_markers uuid[]     NOT NULL DEFAULT '{}',
    lease_token      uuid,
    lease_until      timestamptz,
    sent_at          timestamptz,          -- E3: committed before the call
    labelled         boolean     NOT NULL DEFAULT false, -- the marker went along as a label too
    looked           integer     NOT NULL DEFAULT 0,
    retry_at         timestamptz,
    attempts         integer     NOT NULL DEFAULT 0,
    reason           text,
    held_by          bigint,
    issue_id         text,
    issue_key        text,
    updated_at       timestamptz NOT NULL DEFAULT now()
);
-- E1: one active item a vulnerability
CREATE UNIQUE INDEX export_item_active ON export_item (vulnerability_id)
    WHERE state IN ('reserved', 'sending', 'unknown', 'linked');
CREATE INDEX export_item_batch ON export_item (batch_id);
CREATE INDEX export_item_due ON export_item (id) WHERE state IN ('reserved', 'sending');
CREATE UNIQUE INDEX export_item_marker ON export_item (marker);

CREATE TABLE activity (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at               timestamptz NOT NULL DEFAULT now(),
    outcome          text        NOT NULL,
    correlation_id   text        NOT NULL,
    vulnerability_id integer,
    issue_key        text,
    detail           text        NOT NULL,
    user_id          integer
);
CREATE INDEX activity_at ON activity (at);
CREATE INDEX activity_vulnerability ON activity (vulnerability_id, id);

CREATE TABLE dead_letter (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at             timestamptz NOT NULL DEFAULT now(),
    origin         text        NOT NULL, -- the queue or endpoint it came from, and goes back to on replay
    route_id       text,
    correlation_id text,
    body           bytea       NOT NULL,
    content_type   text        NOT NULL, -- text or bytes
    headers        jsonb       NOT NULL,
    cause          text        NOT NULL,
    attempts       integer     NOT NULL,
    message_id     text,
    state          text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'replayed', 'discarded')),
    state_at       timestamptz,
    state_by       text
);
-- a letter delivered again because its acknowledgement was lost is not a second one
CREATE UNIQUE INDEX dead_letter_message ON dead_letter (origin, message_id, md5(body)) WHERE state = 'waiting';
CREATE INDEX dead_letter_waiting ON dead_letter (id) WHERE state = 'waiting';

-- Workspaces whose counters must be counted again: durable, so that a crash cannot leave them wrong.
CREATE TABLE dirty_workspace (
    workspace_id integer     PRIMARY KEY,
    marks        bigint      NOT NULL DEFAULT 1,
    recounted_at timestamptz
);

CREATE TABLE secret (
    name       text        PRIMARY KEY,
    ciphertext bytea       NOT NULL, -- AES-256-GCM, nonce first
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Small facts that outlive a process: the sweep's watermark, the lease of an embedded broker, pauses.
CREATE TABLE runtime_state (
    name       text        PRIMARY KEY,
    value      jsonb       NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
