-- Links to issues that were there before the bridge.
ALTER TABLE issue_link ADD COLUMN adopted boolean NOT NULL DEFAULT false;
-- The pair is to become what both sides show, before anything is done about the link; until then its flows leave it alone.
ALTER TABLE issue_link ADD COLUMN adopt_due boolean NOT NULL DEFAULT false;
-- The pair is as adoption found it: neither side has moved since. Whether it means the same on both sides, by the mapping as it
-- is now, is the column after it.
ALTER TABLE issue_link ADD COLUMN as_adopted boolean NOT NULL DEFAULT false;
ALTER TABLE issue_link ADD COLUMN differs_since_adoption boolean NOT NULL DEFAULT false;
ALTER TABLE issue_link ADD CHECK (as_adopted OR NOT differs_since_adoption);
CREATE INDEX issue_link_adopt_due ON issue_link (id) WHERE ended_at IS NULL AND adopt_due;
CREATE INDEX issue_link_differs ON issue_link (id) WHERE ended_at IS NULL AND differs_since_adoption;

-- Keys in Faraday that Jira denied or that another vulnerability has too, so that Jira is not asked about them all the time.
CREATE TABLE unadopted_key (
    vulnerability_id integer     PRIMARY KEY,
    issue_key        text        NOT NULL, -- as Faraday had it; where it has another by now, the row counts no longer
    code             text        NOT NULL CHECK (code IN ('not-visible', 'moved-away', 'shared')),
    reason           text        NOT NULL,
    issue_id         text,                 -- shared: the issue whose one link another vulnerability has
    at               timestamptz NOT NULL DEFAULT now()
);

-- The newest item of a vulnerability, for the table that people see.
CREATE INDEX export_item_newest ON export_item (vulnerability_id, id);
