-- What one replica saw within a minute: the charts of Jira's answers and of the age of due work are drawn from it.
CREATE TABLE minute_sample (
    minute     timestamptz NOT NULL,
    replica    text        NOT NULL,
    calls      bigint      NOT NULL,  -- answers of Jira, also negative ones, and calls that broke
    total_ms   bigint      NOT NULL,
    longest_ms bigint      NOT NULL,
    limited    bigint      NOT NULL,  -- of the calls: those that Jira answered with 429
    due_ms     bigint,                -- for how long the oldest due link or export had been due; null: none was
    PRIMARY KEY (minute, replica)
);

-- The charts of changes and failures count rows of a month by outcome, for one reader's workspaces.
CREATE INDEX activity_counted ON activity (at) INCLUDE (outcome, workspace_id, vulnerability_id);
DROP INDEX activity_at;

-- A file of the routes folder that replaces a shipped one, and the shipped one that it was first used in place of.
CREATE TABLE replaced_file (
    name       text        NOT NULL,
    own_hash   text        NOT NULL,
    shipped    text        NOT NULL,
    first_used timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, own_hash)
);
