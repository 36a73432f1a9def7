-- The item of a link that ended: history, and no obstacle to a new export.
ALTER TABLE export_item DROP CONSTRAINT export_item_state_check;
ALTER TABLE export_item ADD CONSTRAINT export_item_state_check CHECK (state IN
    ('reserved', 'sending', 'unknown', 'linked', 'held', 'refused', 'given-up', 'unlinked'));
