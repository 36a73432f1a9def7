-- The issue that a vulnerability was linked to already when its export was asked for: such an item is refused.
ALTER TABLE export_item ADD COLUMN linked_to text;

-- Exports by a rule (source = 'rule'): by which version of the rule and of the fields. What one version could not export is
-- tried again by the next.
ALTER TABLE export_batch ADD COLUMN rule_version text;
CREATE INDEX export_batch_rule ON export_batch (project_key, created_at) WHERE source = 'rule';

-- Vulnerabilities that a message named and that are not linked: the rules look at them first.
CREATE TABLE named_vulnerability (
    vulnerability_id integer     PRIMARY KEY,
    named_at         timestamptz NOT NULL DEFAULT now()
);

-- A vulnerability whose link a user has ended is not exported by a rule.
CREATE INDEX issue_link_ended ON issue_link (vulnerability_id) WHERE ended_at IS NOT NULL;
