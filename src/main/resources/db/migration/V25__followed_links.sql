-- Links of projects whose issues follow the vulnerability beyond its status: what was rendered and sent last, and who works on it.
CREATE TABLE followed_link (
    link_id     bigint      PRIMARY KEY,
    row_version text,                                -- xmin of the vulnerability's row when it was rendered last
    settings    text,                                -- fingerprint of the configuration that it was rendered with
    fields      jsonb       NOT NULL DEFAULT '{}',   -- by field id, hashes: {"rendered", "sent", "sending", "shown"}
    rendered_at timestamptz NOT NULL DEFAULT '-infinity',
    named       integer     NOT NULL DEFAULT 0,      -- how many messages named the vulnerability
    named_seen  integer     NOT NULL DEFAULT 0,      -- how many of them were there when it was rendered
    lease_token uuid,
    lease_until timestamptz,
    retry_at    timestamptz,
    attempts    integer     NOT NULL DEFAULT 0
);
CREATE INDEX followed_link_named ON followed_link (link_id) WHERE named <> named_seen;
