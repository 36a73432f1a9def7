-- Whether the bridge works in a direction of a project; without a row it does. A row that asks waits until what happened
-- during a pause is counted and, if it is much, until a user agrees. username is null where the bridge itself noticed the pause.
CREATE TABLE project_switch (
    project_key text        NOT NULL,
    direction   text        NOT NULL CHECK (direction IN ('faraday-to-jira', 'jira-to-faraday', 'export')),
    state       text        NOT NULL CHECK (state IN ('on', 'off', 'asking')),
    since       timestamptz NOT NULL DEFAULT now(),
    username    text,
    reason      text        NOT NULL DEFAULT '',
    counted     boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (project_key, direction)
);

-- The last resync of a project: its links up to last_id are looked at again, a part at a time; those up to after_id have been.
CREATE TABLE resync (
    project_key text        PRIMARY KEY,
    username    text        NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT now(),
    links       bigint      NOT NULL,
    after_id    bigint      NOT NULL DEFAULT 0,
    last_id     bigint      NOT NULL,
    ended_at    timestamptz
);
