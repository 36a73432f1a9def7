-- Work that needs a person, with equal causes together. Ids, keys of issues and numbers do not tell causes apart, but the
-- status of an answer does.
CREATE FUNCTION cause_group(cause text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(md5(regexp_replace(left(cause, 1000),
        '[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}|\m[A-Z][A-Z0-9_]+-[0-9]+\M|(?<!answered )\m[0-9]+', '#', 'g')), 16)
$$;

-- Messages that are not JSON are each wrong in their own way, and have one cause.
ALTER TABLE dead_letter ADD COLUMN cause_group text NOT NULL GENERATED ALWAYS AS (
    cause_group(origin || ' ' || regexp_replace(cause, '^(The message is not JSON).*$', '\1'))) STORED;
CREATE INDEX dead_letter_group ON dead_letter (cause_group, id) INCLUDE (at) WHERE state = 'waiting';

-- A refused item that a user sent again or does not want exported.
ALTER TABLE export_item ADD COLUMN set_aside boolean NOT NULL DEFAULT false;
CREATE INDEX export_item_refused ON export_item (id) WHERE state = 'refused' AND linked_to IS NULL AND NOT set_aside;
CREATE INDEX export_item_unknown ON export_item (id) WHERE state = 'unknown';

-- A conflict that a user has seen. Those of before this column were never shown as work.
ALTER TABLE activity ADD COLUMN seen boolean NOT NULL DEFAULT true;
ALTER TABLE activity ALTER COLUMN seen SET DEFAULT false;
CREATE INDEX activity_conflict ON activity (id) WHERE outcome = 'CONFLICT' AND NOT seen;
