-- Whose affair a row is, so that each user sees those of their workspaces, also when the vulnerability is gone.
ALTER TABLE activity ADD COLUMN workspace_id integer; -- null: concerns no vulnerability, or one that was gone already
UPDATE activity a SET workspace_id = v.workspace_id FROM vulnerability v WHERE v.id = a.vulnerability_id;
UPDATE activity a SET workspace_id = l.workspace_id FROM issue_link l
 WHERE l.vulnerability_id = a.vulnerability_id AND a.workspace_id IS NULL;
CREATE INDEX activity_workspace ON activity (workspace_id, id);
CREATE INDEX activity_general ON activity (id) WHERE vulnerability_id IS NULL;

-- What a dead letter's body names; empty where it names none or cannot be read.
ALTER TABLE dead_letter ADD COLUMN vulnerability_ids integer[] NOT NULL DEFAULT '{}';
