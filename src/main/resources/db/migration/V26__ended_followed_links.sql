-- A row lives as long as its link; one of an ended link stays only until its issue's remote link, which "fields" has under
-- "remote link", is removed in Jira.
DELETE FROM followed_link f USING issue_link l WHERE l.id = f.link_id AND l.ended_at IS NOT NULL;
ALTER TABLE followed_link ADD COLUMN ended boolean NOT NULL DEFAULT false;
CREATE INDEX followed_link_ended ON followed_link (link_id) WHERE ended;
