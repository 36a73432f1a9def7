-- L14: an issue on its way to a status that takes several transitions. A JSON array: the status that the way leads to, then those
-- that it has left, each by its id, or by its name where Jira gave none. Null for all other links.
ALTER TABLE issue_link ADD COLUMN in_transit text;
-- What in_transit becomes with the intention, and what it was in the pair before an unseen drive.
ALTER TABLE issue_link ADD COLUMN driving_in_transit text;
ALTER TABLE issue_link ADD COLUMN replaced_in_transit text;
-- The statuses of the unseen drives since the kept pair, in order: several, where one hop followed the other without a look.
ALTER TABLE issue_link ADD COLUMN driven_way text[];
CREATE INDEX issue_link_in_transit ON issue_link (id) WHERE ended_at IS NULL AND in_transit IS NOT NULL;

-- Where the transitions from a status lead to, as Jira showed them on an issue of that type which was in it.
CREATE TABLE known_transitions (
    site        text        NOT NULL,
    project_key text        NOT NULL,
    issue_type  text        NOT NULL,
    from_status text        NOT NULL, -- by id, or by name where Jira gave none
    leads_to    jsonb       NOT NULL, -- an array of {"id", "name"}
    seen_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site, project_key, issue_type, from_status)
);

-- A new issue for a vulnerability that was opened again, where the workflow does not lead back from the old issue's status.
ALTER TABLE export_item ADD COLUMN relates_to text; -- the old issue's key
ALTER TABLE export_item ADD COLUMN related_at timestamptz; -- when Jira had saved the issue link
CREATE INDEX export_item_unrelated ON export_item (id) WHERE relates_to IS NOT NULL AND related_at IS NULL AND state = 'linked';
