-- L15: Jira answered that it moved the issue, and nobody has seen it moved yet. Until then the pair before the drive is kept.
ALTER TABLE issue_link ADD COLUMN replaced_faraday text;
ALTER TABLE issue_link ADD COLUMN replaced_jira_id text;
ALTER TABLE issue_link ADD COLUMN replaced_jira_name text;
-- The status that the issue was taken to be in when it was driven.
ALTER TABLE issue_link ADD COLUMN driven_over_id text;
ALTER TABLE issue_link ADD COLUMN driven_over_name text;
-- When the call began: the only time here that is by Jira's clock.
ALTER TABLE issue_link ADD COLUMN driven_at timestamptz;
-- How often in a row Jira answered so and moved nothing.
ALTER TABLE issue_link ADD COLUMN unmoved integer NOT NULL DEFAULT 0;
ALTER TABLE issue_link ADD CHECK ((driven_at IS NULL) = (replaced_faraday IS NULL));
CREATE INDEX issue_link_unseen_drive ON issue_link (id) WHERE ended_at IS NULL AND driven_at IS NOT NULL;

-- Whether Jira's webhooks tell of what happens in a project; only where they do is an issue's status assumed.
CREATE TABLE project_webhooks (
    project_key text        PRIMARY KEY,
    accepted_at timestamptz NOT NULL, -- the newest one, exact to a minute
    missed_at   timestamptz           -- when a change was found that none of them had told of
);
