-- E4, E6: an item whose vulnerability may have an issue already is looked for before anything is created. Markers of items
-- given up stay in their rows, where a later item of the same vulnerability finds them.
ALTER TABLE export_item ADD COLUMN look_first boolean NOT NULL DEFAULT false;
ALTER TABLE export_item DROP COLUMN inherited_markers;
CREATE INDEX export_item_vulnerability ON export_item (vulnerability_id) WHERE state = 'given-up';
