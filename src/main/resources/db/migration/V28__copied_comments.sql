-- Projects whose comments are copied, and from when on.
CREATE TABLE commented_project (
    project_key      text        PRIMARY KEY,
    to_jira_since    timestamptz,                     -- null: comments of Faraday do not go to Jira
    to_faraday_since timestamptz,                     -- null: comments of Jira do not come to Faraday
    settled_id       integer     NOT NULL,            -- all comments of Faraday up to this id were looked at, and none can appear any more
    seen_id          integer     NOT NULL,            -- the highest id that was seen
    seen_by          bigint      NOT NULL DEFAULT 0   -- when all transactions before this one have ended, none up to seen_id can appear any more
);
-- Who works on the comments of a link, and whether Jira's are to be read.
CREATE TABLE commented_link (
    link_id     bigint      PRIMARY KEY,
    named       integer     NOT NULL DEFAULT 0,       -- how often a webhook or the sweep named the issue
    named_seen  integer     NOT NULL DEFAULT 0,       -- how many of them were there when its comments were read
    read_at     timestamptz,                          -- when Jira's comments were read last
    lease_token uuid,
    lease_until timestamptz,
    retry_at    timestamptz,
    attempts    integer     NOT NULL DEFAULT 0
);
CREATE INDEX commented_link_named ON commented_link (link_id) WHERE named <> named_seen;
-- A comment that goes to Jira or came from there: neither is ever sent back.
CREATE TABLE copied_comment (
    faraday_id integer     PRIMARY KEY,
    link_id    bigint      NOT NULL,
    issue_id   text        NOT NULL,
    jira_id    text,                                  -- null while Jira does not have it
    state      text        NOT NULL,                  -- due: to be sent to Jira; copied; refused
    marker     uuid        NOT NULL DEFAULT gen_random_uuid(), -- the property of the comment in Jira
    sent_at    timestamptz,                           -- of a due one: Jira may have it, since its answer was never saved
    at         timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX copied_comment_of_jira ON copied_comment (issue_id, jira_id);
CREATE INDEX copied_comment_due ON copied_comment (link_id, faraday_id) WHERE state = 'due';
