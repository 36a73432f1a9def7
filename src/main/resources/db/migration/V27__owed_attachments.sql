-- New issues that have not got the files of their vulnerability yet: a row goes when they have.
CREATE TABLE owed_attachments (
    link_id     bigint      PRIMARY KEY,
    files       jsonb       NOT NULL DEFAULT '{}',   -- by name in Faraday: {"state", "name", "size", "reason"}
    lease_token uuid,
    lease_until timestamptz,
    retry_at    timestamptz,
    attempts    integer     NOT NULL DEFAULT 0
);
